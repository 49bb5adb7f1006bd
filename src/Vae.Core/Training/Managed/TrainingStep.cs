using System.Numerics.Tensors;
using Vae.Data;
using Vae.Losses;
using Vae.Losses.Latent;
using Vae.Losses.Noise;
using Vae.Losses.Reconstruction;
using Vae.Networks;
using Vae.Numerics;
using Vae.Numerics.Threads;
using Vae.Options;
using Vae.Training.Engines;
using Vae.Training.Rows;

namespace Vae.Training.Managed;

/// <summary>
/// The VAE as a program over the rows of a minibatch: encoder, reparameterization, decoder, loss, and the way back. Every buffer is allocated here,
/// once; a step allocates nothing.
/// </summary>
internal sealed class TrainingStep
{
    private readonly VaeOptions _options;
    private readonly VaeParameters _parameters;
    private readonly ReconstructionObjective _objective;
    private readonly Regularizer _latentTerm;
    private readonly NoiseScaleUpdate _noiseRule;
    private readonly SlotScales _noiseLevels;
    private readonly StepState _state;
    private readonly LatentBatch _latent;
    private readonly MultilayerPerceptron _encoder;
    private readonly MultilayerPerceptron _decoder;
    private readonly DenseLayer[] _dense;
    private readonly Matrix _rows;
    private readonly Matrix? _mask;
    private readonly Matrix _noise;
    private readonly Matrix _terms;
    private readonly Matrix _scratch;
    private readonly Matrix? _scaleGradients;
    private readonly double[][] _pieceScaleGradients;
    private readonly double[] _scaleGradientSums;
    private readonly double[] _squaredErrors;
    private readonly double[] _observed;
    private readonly float[] _reconstruction;
    private readonly float[] _regularizer;
    private readonly MinibatchPipeline _forward = new();
    private readonly MinibatchPipeline _regularize = new();
    private readonly MinibatchPipeline _backward = new();
    private readonly Action<int> _transpose;
    private readonly Action<int> _weightGradientPiece;
    private readonly (DenseLayer Layer, int First, int Count)[] _weightGradientPieces;
    private bool _maskRows;

    /// <param name="layout">What the slots of a row mean.</param>
    /// <param name="options">Architecture and objective.</param>
    /// <param name="parameters">The weights and buffers that the graph reads (and, for running averages, writes).</param>
    /// <param name="capacity">The largest number of rows of a minibatch.</param>
    /// <param name="mayMiss">Whether values may be missing.</param>
    /// <param name="tableRows">The number of training rows.</param>
    public TrainingStep(FeatureLayout layout, VaeOptions options, VaeParameters parameters, int capacity, bool mayMiss, long tableRows)
    {
        var shape = parameters.Shape;
        _options = options;
        _parameters = parameters;
        Gradients = new TensorSet(shape.Weights);
        _objective = ReconstructionObjective.ForTraining(layout, options);
        _latentTerm = Regularizer.Create(options.Regularizer, shape.LatentDimension, capacity);
        _noiseRule = NoiseScaleUpdate.Create(layout, options, parameters, Gradients);
        _noiseLevels = new SlotScales(layout);
        _state = new StepState { Seed = (ulong)options.Seed };

        _rows = Matrix.Window(layout.RowWidth);
        _mask = mayMiss ? Matrix.Window(layout.SlotCount) : null;
        _noise = new Matrix(capacity, shape.LatentDimension);
        var corruption = InputCorruption.IsWanted(options)
            ? new InputCorruption(layout, options, _rows, _mask, new Matrix(capacity, layout.RowWidth), _state)
            : null;

        _encoder = new MultilayerPerceptron(
            shape.Encoder, parameters, Gradients, capacity, corruption?.Corrupted ?? _rows, null, _state, RandomStreams.Dropout);
        _latent = new LatentBatch
        {
            Head = _encoder.Output,
            Latent = new ValueAndGradient(capacity, shape.LatentDimension + shape.ConditionSlotCount),
            Dimension = shape.LatentDimension,
            RowWeights = new float[capacity],
            KullbackLeibler = new float[capacity],
            TableRows = tableRows,
            Seed = _state.Seed,
        };
        _decoder = new MultilayerPerceptron(
            shape.Decoder, parameters, Gradients, capacity, _latent.Latent.Value, _latent.Latent.Gradient, _state, RandomStreams.Dropout + 500);
        var reparameterization = new ReparameterizationLayer(_latent, _rows, shape.SlotCount, _noise);
        _dense = [.. _encoder.Dense, .. _decoder.Dense];
        MultiplicationsPerRow = _dense.Sum(layer => layer.Weights);

        int pieces = (capacity + MinibatchPipeline.PieceRows - 1) / MinibatchPipeline.PieceRows;
        _terms = new Matrix(capacity, shape.SlotCount);
        _scratch = new Matrix(pieces, Math.Max(1, _objective.ScratchRows * shape.SlotCount));
        _scaleGradients = _noiseRule.NeedsScaleGradient ? new Matrix(capacity, shape.SlotCount) : null;
        _pieceScaleGradients = [.. Enumerable.Range(0, pieces).Select(_ => new double[_noiseRule.NeedsScaleGradient ? shape.SlotCount : 0])];
        _scaleGradientSums = new double[shape.SlotCount];
        _squaredErrors = new double[pieces];
        _observed = new double[pieces];
        _reconstruction = new float[capacity];
        _regularizer = new float[capacity];

        if (corruption is not null) _forward.Add(corruption.Apply);
        AddForward(_encoder);
        _forward.Add(reparameterization.Forward);
        AddForward(_decoder);
        _forward.Add(EvaluateReconstruction);
        _regularize.Add(EvaluateRegularizer, _latentTerm.NeedsWholeBatch);
        AddBackward(_decoder);
        _backward.Add(EvaluateRegularizer, _latentTerm.NeedsWholeBatch);
        _backward.Add(reparameterization.Backward);
        AddBackward(_encoder);

        _transpose = index => _dense[index].PrepareBackward();
        _weightGradientPieces = [.. _dense.SelectMany(PiecesOf)];
        _weightGradientPiece = index =>
        {
            var (layer, first, count) = _weightGradientPieces[index];
            layer.WeightGradient(first, count);
        };
    }

    /// <summary>∂L/∂weights after <see cref="ForwardBackward"/>.</summary>
    public TensorSet Gradients { get; }

    /// <summary>ε of the next pass [capacity × k]; the caller fills it.</summary>
    public Matrix Noise => _noise;

    /// <summary>The noise rule, which wants to know when the weights were updated.</summary>
    public NoiseScaleUpdate NoiseScaleUpdate => _noiseRule;

    /// <summary>The multiplications of one row's forward pass: tells small work from large.</summary>
    public long MultiplicationsPerRow { get; }

    /// <summary>The noise scale now, the geometric mean over the numeric slots.</summary>
    public double NoiseScale
    {
        get
        {
            _noiseLevels.Read(_options.NoiseScale, _parameters.Weights, _parameters.Buffers);
            return _noiseLevels.Scale;
        }
    }

    /// <summary>The losses and <see cref="Gradients"/> of a training step.</summary>
    public LossSums ForwardBackward(RowBlock block, int first, int count, StepSettings settings, ParallelLoop team, bool parallel)
    {
        Bind(block, first, count, settings, training: true);
        _forward.Run(team, count, parallel);
        if (parallel)
            team.Run(_transpose, _dense.Length);
        else
            Array.ForEach(_dense, static layer => layer.PrepareBackward());
        _backward.Run(team, count, parallel);
        if (parallel)
        {
            team.Run(_weightGradientPiece, _weightGradientPieces.Length);
        }
        else
        {
            foreach (var layer in _dense)
                layer.WeightGradient(0, layer.Inputs);
        }

        GiveNoiseRule(count);
        return Sums(count);
    }

    /// <summary>The losses of rows without training on them.</summary>
    public LossSums Evaluate(RowBlock block, int first, int count, ParallelLoop team, bool parallel)
    {
        Bind(block, first, count, new StepSettings(0, 0, 1), training: false);
        _forward.Run(team, count, parallel);
        _regularize.Run(team, count, parallel);
        return Sums(count);
    }

    private static IEnumerable<(DenseLayer Layer, int First, int Count)> PiecesOf(DenseLayer layer)
    {
        const int rows = 64;
        for (int first = 0; first < layer.Inputs; first += rows)
            yield return (layer, first, Math.Min(rows, layer.Inputs - first));
    }

    private void AddForward(MultilayerPerceptron network)
    {
        foreach (var layer in network.Layers)
            _forward.Add(layer.Forward, layer.NeedsWholeBatch);
    }

    private void AddBackward(MultilayerPerceptron network)
    {
        foreach (var layer in network.Layers.Reverse())
            _backward.Add(layer.Backward, layer.NeedsWholeBatch);
    }

    private void Bind(RowBlock block, int first, int count, StepSettings settings, bool training)
    {
        _state.Training = training;
        _state.Rows = count;
        _state.Step = settings.Step;
        _rows.MoveTo(block.Values, first, count);
        _maskRows = block.Mask is not null;
        if (block.Mask is not null) _mask!.MoveTo(block.Mask, first, count);
        _noiseLevels.Read(_options.NoiseScale, _parameters.Weights, _parameters.Buffers);
        _latent.Rows = count;
        _latent.Step = settings.Step;
        _latent.Factor = (float)settings.RegularizerFactor;
        for (int row = 0; row < count; row++)
            _latent.RowWeights[row] = block.Weights[first + row] / count;
    }

    private void EvaluateReconstruction(int first, int count)
    {
        int piece = first / MinibatchPipeline.PieceRows;
        var pieceScaleGradients = _pieceScaleGradients[piece];
        Array.Clear(pieceScaleGradients);
        _squaredErrors[piece] = 0;
        _observed[piece] = 0;
        int slots = _terms.Columns;
        for (int row = first; row < first + count; row++)
        {
            var outputs = _decoder.Output.Value.Row(row);
            var targets = _rows.Row(row)[..slots];
            var mask = _maskRows ? _mask!.Row(row) : default;
            var gradients = _decoder.Output.Gradient.Row(row);
            var scaleGradients = _scaleGradients is null ? default : _scaleGradients.Row(row);
            _reconstruction[row] = _objective.Evaluate(outputs, targets, mask, _noiseLevels, _terms.Row(row), gradients, scaleGradients, _scratch.Row(piece));

            float weight = _latent.RowWeights[row] * (float)_options.ReconstructionWeight;
            TensorPrimitives.Multiply(gradients, weight, gradients);
            for (int slot = 0; slot < scaleGradients.Length; slot++)
                pieceScaleGradients[slot] += weight * scaleGradients[slot];
            if (_noiseRule.NeedsSquaredError) AddSquaredError(piece, _latent.RowWeights[row], outputs, targets, mask);
        }
    }

    private void AddSquaredError(int piece, double weight, ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, ReadOnlySpan<float> mask)
    {
        foreach (int slot in _noiseLevels.NumericSlots)
        {
            if (!mask.IsEmpty && mask[slot] == 0) continue;
            double error = outputs[slot] - targets[slot];
            _squaredErrors[piece] += weight * error * error;
            _observed[piece] += weight;
        }
    }

    private void EvaluateRegularizer(int first, int count) => _latentTerm.Evaluate(_latent, first, count, _regularizer);

    private void GiveNoiseRule(int count)
    {
        int pieces = (count + MinibatchPipeline.PieceRows - 1) / MinibatchPipeline.PieceRows;
        if (_noiseRule.NeedsScaleGradient)
        {
            Array.Clear(_scaleGradientSums);
            for (int piece = 0; piece < pieces; piece++)
                TensorPrimitives.Add(_scaleGradientSums, _pieceScaleGradients[piece], _scaleGradientSums);
            _noiseRule.TakeScaleGradient(_scaleGradientSums);
        }

        if (!_noiseRule.NeedsSquaredError) return;
        double observed = 0;
        double squaredError = 0;
        for (int piece = 0; piece < pieces; piece++)
        {
            observed += _observed[piece];
            squaredError += _squaredErrors[piece];
        }

        if (observed > 0) _noiseRule.TakeSquaredError(squaredError / observed);
    }

    private LossSums Sums(int count)
    {
        double reconstruction = 0;
        double divergence = 0;
        double regularizer = 0;
        for (int row = 0; row < count; row++)
        {
            double weight = (double)_latent.RowWeights[row] * count;
            reconstruction += weight * _reconstruction[row];
            divergence += weight * _latent.KullbackLeibler[row];
            regularizer += weight * _regularizer[row];
        }

        return new LossSums(count, reconstruction, divergence, regularizer, _options.ReconstructionWeight * reconstruction + regularizer);
    }
}
