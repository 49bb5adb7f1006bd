using Vae.Networks;
using Vae.Numerics.RandomNumbers;
using Vae.Numerics.Threads;
using Vae.Options;
using Vae.Training;
using Vae.Training.Engines;
using Vae.Training.Managed;
using Vae.Training.Rows;
using static TorchSharp.torch;

namespace Vae.TorchSharp.Tests.Parity;

/// <summary>Both engines on the same rows, from the same weights.</summary>
internal sealed class ParityRun : IDisposable
{
    private readonly ParityCase _case;
    private readonly TrainingSession _session;
    private readonly RowBlock _block;
    private readonly TorchEngine _torch;
    private readonly int _capacity;

    public ParityRun(ParityCase test)
    {
        _case = test;
        var earlier = test.AnchorWeight > 0 ? UntrainedModels.Create(test.Layout, test.Options, randomWeights: 1) : null;
        _session = TrainingSession.Begin(
            TestTables.Rows(test.Layout, 60, test.Missing, test.Weighted), test.Options,
            new TrainingContext { InitialModel = earlier, AnchorWeight = test.AnchorWeight });
        Parameters = _session.Parameters;
        Disturb(Parameters.Weights);
        _capacity = Math.Min(_session.Options.RowsPerStep, _session.Table.BlockCapacity);
        _session.Table.BeginEpoch(0);
        _block = _session.Table.NextBlock()!;
        _torch = new TorchEngine(
            _session.Options, test.Layout, Parameters, Rows with { Capacity = _session.Table.BlockCapacity }, CPU);
    }

    private EngineRows Rows => new(_capacity, _session.Table.MayMiss, _session.Table.TrainingRows, _session.Context.UsedAnchorWeight);

    /// <summary>The weights and buffers that both begin with; the managed step changes them.</summary>
    public VaeParameters Parameters { get; }

    /// <summary>
    /// Whether a tensor has no influence, because batch normalization takes out what it adds: a bias before it, or the shift of the one
    /// before with only a linear layer between. Its gradient is rounding error, which Adam, that knows no small gradients, turns into
    /// steps of full length.
    /// </summary>
    public static bool Cancels(NetworkShape shape, string tensor) =>
        shape.Encoder.Concat(shape.Decoder).Any(dense => dense.BatchNormalization && tensor == TensorNames.Bias(dense))
        || new[] { shape.Encoder, shape.Decoder }.Any(network => network.Zip(network.Skip(1)).Any(pair =>
            pair.First is { BatchNormalization: true, Activation: Activation.Identity, Dropout: 0 } && pair.Second.BatchNormalization
            && tensor == TensorNames.Shift(pair.First)));

    /// <summary>The losses and gradients of one managed step on the first rows.</summary>
    public (LossSums Losses, TensorSet Gradients) ManagedStep(StepSettings settings)
    {
        var step = new TrainingStep(_case.Layout, _case.Options, Parameters, Rows);
        ulong element = (ulong)settings.Step * (ulong)(_capacity * step.Noise.Stride);
        CounterRandom.FillNormal((ulong)_case.Options.Seed, RandomStreams.Noise, element, step.Noise.Block(0, _capacity));
        using var team = new ParallelLoop(1);
        return (step.ForwardBackward(_block, 0, _capacity, settings, team, false), step.Gradients);
    }

    /// <summary>The losses and gradients of the same step in torch operations, and the buffers after it.</summary>
    public (LossSums Losses, TensorSet Gradients, TensorSet Buffers) TorchStep(StepSettings settings)
    {
        _torch.BeginBlock(_block);
        Step(0, _capacity, settings);
        var gradients = new TensorSet(Parameters.Shape.Weights);
        _torch.Module.Gradients.Save(gradients);
        var buffers = new TensorSet(Parameters.Shape.Buffers);
        _torch.Module.Buffers.Save(buffers);
        return (_torch.TakeLosses(), gradients, buffers);
    }

    /// <summary>The weights of both after some optimizer steps over the block's minibatches.</summary>
    public (VaeParameters Managed, VaeParameters Torch) Train(int steps)
    {
        using var managed = new ManagedEngine(_case.Layout, _case.Options, Parameters, Rows, threads: 1);
        managed.BeginBlock(_block);
        _torch.BeginBlock(_block);
        int batches = (_block.Count + _capacity - 1) / _capacity;
        for (int step = 0; step < steps; step++)
        {
            int first = _block.Count * (step % batches) / batches;
            int count = _block.Count * (step % batches + 1) / batches - first;
            var settings = new StepSettings(step, _case.Options.LearningRate, Math.Min(1, (step + 1) / 20.0));
            managed.Step(first, count, settings);
            Step(first, count, settings);
        }

        var trained = new VaeParameters(Parameters.Shape);
        _torch.Save(trained);
        return (Parameters, trained);
    }

    /// <summary>The losses of both without training.</summary>
    public (LossSums Managed, LossSums Torch) Evaluate()
    {
        using var managed = new ManagedEngine(_case.Layout, _case.Options, Parameters, Rows, threads: 1);
        return (Evaluate(managed), Evaluate(_torch));
    }

    public void Dispose()
    {
        _torch.Dispose();
        _session.Dispose();
    }

    private LossSums Evaluate(ITrainingEngine engine)
    {
        engine.BeginBlock(_block);
        for (int first = 0; first < _block.Count; first += _capacity)
            engine.Evaluate(first, Math.Min(_capacity, _block.Count - first), first);
        return engine.TakeLosses();
    }

    private void Step(int first, int count, StepSettings settings)
    {
        using var scope = NewDisposeScope();
        _torch.Step(first, count, settings, CounterDraws.For(_case.Options, _case.Layout, _capacity, count, settings.Step));
    }

    /// <summary>Moves every weight a little, so that no gradient is 0 because biases are.</summary>
    private static void Disturb(TensorSet weights)
    {
        var random = new Random(3);
        foreach (var tensor in weights.Layout.Tensors)
        {
            for (int row = 0; row < tensor.Rows; row++)
            {
                foreach (ref float value in weights.Row(tensor.Name, row))
                    value += 0.2f * (float)(random.NextDouble() - 0.5);
            }
        }
    }
}
