using Vae.Data;
using Vae.Losses;
using Vae.Losses.Latent;
using Vae.Losses.Noise;
using Vae.Networks;
using Vae.Numerics;
using Vae.Numerics.Threads;
using Vae.Options;
using Vae.Training.Engines;
using Vae.Training.Rows;

namespace Vae.Training.Managed;

/// <summary>
/// A training step but for the optimizer: the passes of a VAE over the rows of a minibatch, forward and back. Every buffer is allocated
/// here, once; a step allocates nothing.
/// </summary>
internal sealed class TrainingStep
{
    private readonly VaeOptions _options;
    private readonly VaeParameters _parameters;
    private readonly Minibatch _minibatch;
    private readonly LatentPosterior _posterior;
    private readonly SlotScales _scales;
    private readonly ReparameterizationPass _reparameterization;
    private readonly ReconstructionPass _reconstruction;
    private readonly MinibatchPipeline _forward;
    private readonly MinibatchPipeline _regularize;
    private readonly MinibatchPipeline _backward;
    private readonly WeightGradients _weightGradients;

    /// <param name="layout">What the slots of a row mean.</param>
    /// <param name="options">Architecture and objective.</param>
    /// <param name="parameters">The weights and buffers that the step reads (and, for running averages, writes).</param>
    /// <param name="rows">The rows of a minibatch, and of the table.</param>
    public TrainingStep(FeatureLayout layout, VaeOptions options, VaeParameters parameters, EngineRows rows)
    {
        int capacity = rows.Capacity;
        var shape = parameters.Shape;
        _options = options;
        _parameters = parameters;
        Gradients = new TensorSet(shape.Weights);
        NoiseScaleUpdate = new NoiseScaleUpdate(layout, options, parameters, Gradients);
        _scales = new SlotScales(layout);
        _minibatch = new Minibatch(layout, capacity, rows.MayMiss, rows.AnchorWidth(shape.LatentDimension));

        var corruption = options.CorruptsInput ? new InputCorruption(layout, options, _minibatch) : null;
        var encoder = new MultilayerPerceptron(
            shape.Encoder, parameters, Gradients, capacity, corruption?.Corrupted ?? _minibatch.Rows, null, RandomStreams.EncoderDropout);
        var latent = new ValueAndGradient(capacity, shape.LatentDimension + shape.ConditionSlotCount);
        _posterior = new LatentPosterior(encoder.Output, latent, shape.LatentDimension, _minibatch.RowWeights);
        _reparameterization = new ReparameterizationPass(_posterior, _minibatch);
        var regularizer = Regularizer.Create(options.Regularizer, shape.LatentDimension, capacity, rows.TableRows);
        var divergence = new DivergencePass(_posterior, regularizer);
        var completion = new RegularizerPass(_posterior, regularizer);
        var decoder = new MultilayerPerceptron(
            shape.Decoder, parameters, Gradients, capacity, latent.Value, latent.Gradient, RandomStreams.DecoderDropout);
        _reconstruction = new ReconstructionPass(layout, options, _minibatch, decoder.Output, _scales, NoiseScaleUpdate);

        Pass[] input = corruption is null ? [] : [corruption];
        Pass[] anchor = rows.AnchorWeight > 0 ? [new AnchorPass(_posterior, _minibatch, (float)rows.AnchorWeight)] : [];
        _forward = MinibatchPipeline.Forward(
            [.. input, .. encoder.Layers, _reparameterization, divergence, .. decoder.Layers, _reconstruction]);
        _regularize = MinibatchPipeline.Forward([completion, .. anchor]);
        _backward = MinibatchPipeline.Backward([.. encoder.Layers, _reparameterization, .. anchor, completion, .. decoder.Layers]);

        DenseLayer[] dense = [.. encoder.Dense, .. decoder.Dense];
        _weightGradients = new WeightGradients(dense);
        MultiplicationsPerRow = dense.Sum(layer => layer.Weights);
    }

    /// <summary>∂L/∂weights after <see cref="ForwardBackward"/>.</summary>
    public TensorSet Gradients { get; }

    /// <summary>ε of the next pass [capacity × k]; the caller fills it.</summary>
    public Matrix Noise => _reparameterization.Noise;

    /// <summary>How the noise scale moves; it wants to know when the weights were updated.</summary>
    public NoiseScaleUpdate NoiseScaleUpdate { get; }

    /// <summary>The multiplications of one row's forward pass: tells small work from large.</summary>
    public long MultiplicationsPerRow { get; }

    /// <summary>The noise scale now, the geometric mean over the numeric slots.</summary>
    public double NoiseScale
    {
        get
        {
            ReadScales();
            return _scales.Scale;
        }
    }

    /// <summary>The losses and <see cref="Gradients"/> of a training step.</summary>
    public LossSums ForwardBackward(RowBlock block, int first, int count, StepSettings settings, ParallelLoop team, bool parallel)
    {
        var step = new StepInfo(settings.Step, count, (ulong)_options.Seed, (float)settings.RegularizerFactor, Training: true);
        Begin(block, first, count);
        _forward.Run(step, team, parallel);
        _weightGradients.Prepare(step, team, parallel);
        _backward.Run(step, team, parallel);
        _weightGradients.Run(step, team, parallel);
        _reconstruction.GiveNoiseScale(step);
        return Sums(count);
    }

    /// <summary>The losses of rows without training on them.</summary>
    public LossSums Evaluate(RowBlock block, int first, int count, ParallelLoop team, bool parallel)
    {
        var step = new StepInfo(0, count, (ulong)_options.Seed, Factor: 1, Training: false);
        Begin(block, first, count);
        _forward.Run(step, team, parallel);
        _regularize.Run(step, team, parallel);
        return Sums(count);
    }

    private void Begin(RowBlock block, int first, int count)
    {
        _minibatch.Take(block, first, count);
        ReadScales();
    }

    private void ReadScales() => _scales.Read(_options.NoiseScale, _parameters.Weights, _parameters.Buffers);

    private LossSums Sums(int count)
    {
        double reconstruction = 0;
        double divergence = 0;
        double regularizer = 0;
        double full = 0;
        for (int row = 0; row < count; row++)
        {
            double weight = (double)_minibatch.RowWeights[row] * count;
            reconstruction += weight * _reconstruction.Losses[row];
            divergence += weight * _posterior.KullbackLeibler[row];
            regularizer += weight * _posterior.Terms[row];
            full += weight * _posterior.FullTerms[row];
        }

        double weighted = _options.ReconstructionWeight * reconstruction;
        return new LossSums(count, reconstruction, divergence, regularizer, weighted + regularizer, weighted + full);
    }
}
