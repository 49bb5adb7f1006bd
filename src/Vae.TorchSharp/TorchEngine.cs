using Vae.Data;
using Vae.Networks;
using Vae.Numerics;
using Vae.Numerics.RandomNumbers;
using Vae.Options;
using Vae.TorchSharp.Devices;
using Vae.TorchSharp.Losses;
using Vae.TorchSharp.Networks;
using Vae.TorchSharp.Numerics;
using Vae.Training.Engines;
using Vae.Training.Rows;
using static TorchSharp.torch;

namespace Vae.TorchSharp;

/// <summary>Training steps in torch operations: autograd for the gradients, <see cref="TorchAdam"/> for the weights.</summary>
internal sealed class TorchEngine : ITrainingEngine
{
    private readonly VaeOptions _options;
    private readonly Device _device;
    private readonly int _slotCount;
    private readonly TorchBlock _block;
    private readonly TorchNoiseScale _noiseScale;
    private readonly TorchObjective _objective;
    private readonly TorchCorruption? _corruption;
    private readonly RandomDraws _draws;
    private readonly TorchAdam _optimizer;
    private readonly Tensor _sums;
    private double _rows;

    /// <param name="options">Architecture, objective and optimizer.</param>
    /// <param name="layout">What the slots of a row mean.</param>
    /// <param name="parameters">The weights and buffers to begin with; they are copied.</param>
    /// <param name="table">The rows of a block, and of the table.</param>
    /// <param name="device">Where to compute.</param>
    public TorchEngine(VaeOptions options, FeatureLayout layout, VaeParameters parameters, EngineRows table, Device device)
    {
        using var scope = NewDisposeScope();
        _options = options;
        _device = device;
        _slotCount = layout.SlotCount;
        Module = new VaeModule(parameters, device);
        _block = new TorchBlock(table, layout.RowWidth, layout.SlotCount, options.LatentDimension, device);
        _noiseScale = new TorchNoiseScale(layout, options, Module, device);
        _objective = new TorchObjective(options, table, new TorchReconstructionObjective(layout, options, device), _noiseScale);
        _corruption = options.CorruptsInput ? new TorchCorruption(layout, options, device) : null;
        _draws = new RandomDraws(options, layout.RowWidth, Module.DropoutColumns, device);
        _optimizer = new TorchAdam(options, parameters.Shape.Weights, Module, device);
        _sums = zeros(5, ScalarType.Float64, device).DetachFromDisposeScope();
    }

    /// <summary>The networks, with the gradients of the last step.</summary>
    public VaeModule Module { get; }

    public string Name => $"TorchSharp ({TorchDevice.Describe(_device)})";

    public double NoiseScale => _noiseScale.Read();

    public void BeginBlock(RowBlock block) => _block.Load(block);

    public void Step(int first, int count, StepSettings settings)
    {
        using var scope = NewDisposeScope();
        Step(first, count, settings, _draws.Next(count));
    }

    /// <summary>A step with given random numbers.</summary>
    internal void Step(int first, int count, StepSettings settings, StepDraws draws)
    {
        using var scope = NewDisposeScope();
        Module.train();
        Module.Gradients.Values.zero_();
        var (loss, parts) = Forward(first, count, settings.RegularizerFactor, draws);
        loss.backward();
        _sums.Add(parts, count);
        _rows += count;
        _optimizer.Update(settings.LearningRate);
        _noiseScale.AfterUpdate();
    }

    public LossSums TakeLosses()
    {
        using var scope = NewDisposeScope();
        double[] sums = _sums.cpu().data<double>().ToArray();
        var losses = new LossSums(_rows, sums[0], sums[1], sums[2], sums[3], sums[4]);
        _sums.zero_();
        _rows = 0;
        return losses;
    }

    public void Evaluate(int first, int count, long number)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        Module.eval();
        var prior = _options.Regularizer.NeedsPriorSample ? Normal(RandomStreams.PriorSample, 0, count) : null;
        var draws = new StepDraws(Normal(RandomStreams.ValidationNoise, number, count), Prior: prior);
        _sums.Add(Forward(first, count, 1, draws).Parts, count);
        _rows += count;
    }

    public void Save(VaeParameters target)
    {
        Module.Weights.Save(target.Weights);
        Module.Buffers.Save(target.Buffers);
    }

    public void Save(EngineState target)
    {
        Save(target.Parameters);
        _optimizer.Save(target);
        target.RandomState = _draws.Save();
    }

    public void Restore(EngineState source)
    {
        Module.Weights.Load(source.Parameters.Weights);
        Module.Buffers.Load(source.Parameters.Buffers);
        _optimizer.Restore(source);
        _draws.Restore(source.RandomState);
    }

    public void Dispose()
    {
        _sums.Dispose();
        _optimizer.Dispose();
        _draws.Dispose();
        _corruption?.Dispose();
        _objective.Dispose();
        _block.Dispose();
        Module.Dispose();
    }

    /// <summary>The numbers that the managed engine draws for these rows [rows × k], so that both judge a model alike.</summary>
    private Tensor Normal(ulong stream, long firstRow, int rows)
    {
        int stride = Padding.Stride(_options.LatentDimension);
        var values = new float[rows * stride];
        CounterRandom.FillNormal((ulong)_options.Seed, stream, (ulong)firstRow * (ulong)stride, values);
        return HostMemory.Upload(values, _device).view(rows, stride).narrow(1, 0, _options.LatentDimension);
    }

    /// <summary>The loss of some rows of the block, averaged over them, and its parts.</summary>
    private (Tensor Loss, Tensor Parts) Forward(int first, int count, double factor, StepDraws draws)
    {
        var rows = _block.Rows(first, count);
        var input = Module.training && _corruption is not null ? _corruption.Apply(rows, draws) : rows.Values;
        var posterior = new TorchLatentPosterior(Module.Encode(input, draws.Dropout), draws, rows.Weights);
        var outputs = Module.Decode(WithConditions(posterior.Latent, rows), draws.Dropout);
        var loss = _objective.Evaluate(rows, posterior, outputs, factor);
        if (Module.training) _noiseScale.TakeOutputs(outputs, rows);
        return loss;
    }

    private Tensor WithConditions(Tensor latent, TorchMinibatch rows)
    {
        long count = rows.Values.shape[1] - _slotCount;
        if (count == 0) return latent;
        IList<Tensor> parts = [latent, rows.Values.narrow(1, _slotCount, count)];
        return cat(parts, 1);
    }
}
