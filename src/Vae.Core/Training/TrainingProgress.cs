using Vae.History;

namespace Vae.Training;

/// <summary>Where a training stands after an epoch.</summary>
public sealed record TrainingProgress
{
    /// <summary>What the epoch measured.</summary>
    public required EpochMetrics Metrics { get; init; }

    /// <summary>The time since the table was read; of a training that goes on from a checkpoint, since it went on.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>
    /// The time that the rest takes if no epoch is left out, each as long as one so far was on average: early stopping may end it sooner.
    /// </summary>
    public required TimeSpan Remaining { get; init; }
}
