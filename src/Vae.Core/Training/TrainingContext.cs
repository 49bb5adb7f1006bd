using Vae.History;
using Vae.Training.Checkpoints;

namespace Vae.Training;

/// <summary>What surrounds one training: who watches it, who may end it, what it starts from and what it may use.</summary>
public sealed record TrainingContext
{
    /// <summary>Told after every epoch, on the training thread.</summary>
    public IProgress<EpochMetrics>? Progress { get; init; }

    /// <summary>
    /// Given the model as it stands after every epoch, on the training thread, before <see cref="Progress"/> is told: to watch an embedding take shape.
    /// Each is a model of its own, whose history ends with its epoch (<see cref="TrainingHistory.BestEpoch"/>). It costs a copy of the weights and a
    /// diagnosis per epoch; null costs nothing.
    /// </summary>
    public IProgress<VaeModel>? Snapshots { get; init; }

    /// <summary>Ends training within one step.</summary>
    public CancellationToken CancellationToken { get; init; }

    /// <summary>What a cancelled training gives.</summary>
    public CancellationBehavior CancellationBehavior { get; init; }

    /// <summary>Where and how often to write down where training stands, so that it can go on after its process has died; null is never.</summary>
    public CheckpointSettings? Checkpoints { get; init; }

    /// <summary>
    /// A model of the same layout and architecture whose weights and standardization training starts from, instead of random weights.
    /// </summary>
    public VaeModel? InitialModel { get; init; }

    /// <summary>The number of threads, or null for one per processor. It does not change the result.</summary>
    public int? ThreadCount { get; init; }

    /// <summary>
    /// The memory, in bytes, that the cached training rows may take; a larger table goes to a temporary file that is gone when training ends.
    /// </summary>
    public long MemoryBudget { get; init; } = 512L << 20;

    /// <summary>The folder for the temporary file; null is the system's.</summary>
    public string? TemporaryFolder { get; init; }
}
