using Vae.Data;
using Vae.Networks;
using Vae.Numerics.RandomNumbers;
using Vae.Numerics.Threads;
using Vae.Options;
using Vae.Training.Engines;
using Vae.Training.Rows;

namespace Vae.Training.Managed;

/// <summary>Training steps in managed code: <see cref="TrainingStep"/> for the gradients, Adam for the weights.</summary>
internal sealed class ManagedEngine : ITrainingEngine
{
    /// <summary>Below this number of multiplications in a forward pass, waking other threads costs more than they save.</summary>
    private const long ParallelThreshold = 500_000;

    private readonly VaeOptions _options;
    private readonly VaeParameters _parameters;
    private readonly TrainingStep _step;
    private readonly AdamOptimizer _optimizer;
    private readonly ParallelLoop _team;
    private readonly int _capacity;
    private RowBlock? _block;
    private LossSums _sums;

    public ManagedEngine(FeatureLayout layout, VaeOptions options, VaeParameters parameters, EngineRows rows, int threads)
    {
        _options = options;
        _parameters = parameters;
        _capacity = rows.Capacity;
        _step = new TrainingStep(layout, options, parameters, rows);
        _optimizer = new AdamOptimizer(options, parameters.Weights, _step.Gradients);
        _team = new ParallelLoop(threads);
    }

    public string Name => "Managed";

    public double NoiseScale => _step.NoiseScale;

    public void BeginBlock(RowBlock block) => _block = block;

    public void Step(int first, int count, StepSettings settings)
    {
        ulong element = (ulong)settings.Step * (ulong)(_capacity * _step.Noise.Stride);
        CounterRandom.FillNormal((ulong)_options.Seed, RandomStreams.Noise, element, _step.Noise.Block(0, count));
        bool parallel = IsLarge(count);
        _sums += _step.ForwardBackward(_block!, first, count, settings, _team, parallel);
        _optimizer.Update(settings.LearningRate, _team, parallel);
        _step.NoiseScaleUpdate.AfterUpdate();
    }

    public LossSums TakeLosses()
    {
        var sums = _sums;
        _sums = default;
        return sums;
    }

    public void Evaluate(int first, int count, long number)
    {
        ulong element = (ulong)number * (ulong)_step.Noise.Stride;
        CounterRandom.FillNormal((ulong)_options.Seed, RandomStreams.ValidationNoise, element, _step.Noise.Block(0, count));
        _sums += _step.Evaluate(_block!, first, count, _team, IsLarge(count));
    }

    public void Save(VaeParameters target) => target.CopyFrom(_parameters);

    public void Save(EngineState target)
    {
        target.Parameters.CopyFrom(_parameters);
        _optimizer.Save(target);
    }

    public void Restore(EngineState source)
    {
        _parameters.CopyFrom(source.Parameters);
        _optimizer.Restore(source);
    }

    public void Dispose() => _team.Dispose();

    private bool IsLarge(int rows) => rows * _step.MultiplicationsPerRow >= ParallelThreshold;
}
