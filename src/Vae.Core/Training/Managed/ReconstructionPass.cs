using System.Numerics.Tensors;
using Vae.Data;
using Vae.Losses;
using Vae.Losses.Noise;
using Vae.Losses.Reconstruction;
using Vae.Numerics;
using Vae.Numerics.Elementwise;
using Vae.Options;

namespace Vae.Training.Managed;

/// <summary>
/// The reconstruction term of each row, its gradient by the decoder's outputs, and what the noise scale moves by. Sums over rows are kept
/// by piece of the minibatch, so that they do not depend on the number of threads.
/// </summary>
internal sealed class ReconstructionPass : Pass
{
    private readonly float _weight;
    private readonly Minibatch _minibatch;
    private readonly ValueAndGradient _outputs;
    private readonly SlotScales _scales;
    private readonly NoiseScaleUpdate _update;
    private readonly ReconstructionObjective _objective;
    private readonly Matrix _terms;
    private readonly Matrix _scratch;
    private readonly Matrix? _scaleGradients;
    private readonly double[][] _pieceScaleGradients;
    private readonly double[] _scaleGradientSums;
    private readonly double[] _squaredErrors;
    private readonly double[] _observed;

    /// <param name="layout">What the slots of a row mean.</param>
    /// <param name="options">The objective.</param>
    /// <param name="minibatch">The rows.</param>
    /// <param name="outputs">The decoder's outputs.</param>
    /// <param name="scales">The noise scales of the step.</param>
    /// <param name="update">What moves them.</param>
    public ReconstructionPass(
        FeatureLayout layout, VaeOptions options, Minibatch minibatch, ValueAndGradient outputs, SlotScales scales, NoiseScaleUpdate update)
    {
        _weight = (float)options.ReconstructionWeight;
        _minibatch = minibatch;
        _outputs = outputs;
        _scales = scales;
        _update = update;
        _objective = ReconstructionObjective.ForTraining(layout, options);
        int capacity = outputs.Value.Rows;
        int slots = layout.SlotCount;
        int pieces = MinibatchPipeline.Pieces(capacity);
        Losses = new float[capacity];
        _terms = new Matrix(capacity, slots);
        _scratch = new Matrix(pieces, Math.Max(1, _objective.ScratchRows * slots));
        _scaleGradients = update.NeedsScaleGradient ? new Matrix(capacity, slots) : null;
        _pieceScaleGradients = [.. Enumerable.Range(0, pieces).Select(_ => new double[update.NeedsScaleGradient ? slots : 0])];
        _scaleGradientSums = new double[slots];
        _squaredErrors = new double[pieces];
        _observed = new double[pieces];
    }

    /// <summary>The reconstruction term of each row.</summary>
    public float[] Losses { get; }

    public override void Forward(StepInfo step, int first, int count)
    {
        int piece = first / MinibatchPipeline.PieceRows;
        var pieceScaleGradients = _pieceScaleGradients[piece];
        Array.Clear(pieceScaleGradients);
        _squaredErrors[piece] = 0;
        _observed[piece] = 0;
        for (int row = first; row < first + count; row++)
        {
            var targets = _minibatch.Rows.Row(row)[.._terms.Columns];
            var mask = _minibatch.Mask(row);
            var slots = new SlotValues(_outputs.Value.Row(row), targets, _scales);
            var gradients = _outputs.Gradient.Row(row);
            var scaleGradients = _scaleGradients is null ? default : _scaleGradients.Row(row);
            Losses[row] = _objective.Evaluate(slots, mask, new SlotTerms(_terms.Row(row), gradients, scaleGradients), _scratch.Row(piece));

            float weight = _minibatch.RowWeights[row] * _weight;
            TensorPrimitives.Multiply(gradients, weight, gradients);
            for (int slot = 0; slot < scaleGradients.Length; slot++)
                pieceScaleGradients[slot] += weight * scaleGradients[slot];
            if (_update.NeedsSquaredError) AddSquaredError(piece, _minibatch.RowWeights[row], slots, mask);
        }

        TinyNumbers.ToZero(_outputs.Gradient.Block(first, count));
    }

    /// <summary>Gives the noise scale what the minibatch says of it.</summary>
    public void GiveNoiseScale(StepInfo step)
    {
        int pieces = MinibatchPipeline.Pieces(step.Rows);
        if (_update.NeedsScaleGradient)
        {
            Array.Clear(_scaleGradientSums);
            for (int piece = 0; piece < pieces; piece++)
                TensorPrimitives.Add(_scaleGradientSums, _pieceScaleGradients[piece], _scaleGradientSums);
            _update.TakeScaleGradient(_scaleGradientSums);
        }

        if (!_update.NeedsSquaredError) return;
        double observed = 0;
        double squaredError = 0;
        for (int piece = 0; piece < pieces; piece++)
        {
            observed += _observed[piece];
            squaredError += _squaredErrors[piece];
        }

        if (observed > 0) _update.TakeSquaredError(squaredError / observed);
    }

    private void AddSquaredError(int piece, double weight, in SlotValues slots, ReadOnlySpan<float> mask)
    {
        foreach (int slot in _scales.NumericSlots)
        {
            if (!mask.IsEmpty && mask[slot] == 0) continue;
            double error = slots.Outputs[slot] - slots.Targets[slot];
            _squaredErrors[piece] += weight * error * error;
            _observed[piece] += weight;
        }
    }
}
