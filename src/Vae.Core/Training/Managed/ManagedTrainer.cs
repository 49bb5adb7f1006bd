using Vae.Data;
using Vae.Options;
using Vae.Training.Engines;

namespace Vae.Training.Managed;

/// <summary>
/// Trains in managed code on the processor: no native dependency, and on one machine bit-identical weights for the same seed, data and
/// options, whatever the number of threads.
/// </summary>
public sealed class ManagedTrainer : IVaeTrainer
{
    /// <inheritdoc/>
    public VaeModel Train(IFeatureRows rows, VaeOptions options, TrainingContext? context = null)
    {
        context ??= new TrainingContext();
        using var session = TrainingSession.Begin(rows, options, context);
        var trained = session.Parameters.Clone();
        int threads = context.ThreadCount ?? Environment.ProcessorCount;
        int capacity = Math.Min(session.Options.RowsPerStep, session.Table.BlockCapacity);
        var rowsOfEngine = new EngineRows(capacity, session.Table.MayMiss, session.Table.TrainingRows, context.UsedAnchorWeight);
        using var engine = new ManagedEngine(session.Table.Layout, session.Options, trained, rowsOfEngine, threads);
        return new TrainingLoop(session, engine).Run();
    }
}
