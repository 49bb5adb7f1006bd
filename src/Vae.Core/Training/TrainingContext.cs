using Vae.History;
using Vae.Training.Checkpoints;
using Vae.Training.Rows;
using static Vae.Options.OptionCheck;

namespace Vae.Training;

/// <summary>What surrounds one training: who watches it, who may end it, what it starts from and what it may use.</summary>
/// <remarks>
/// That the same seed, data and options give the same model to the last bit on one machine, on any number of threads and after any
/// interruption, holds for the managed trainer. Training with libtorch repeats itself only on the processor with one thread.
/// </remarks>
public sealed record TrainingContext
{
    /// <summary>Told after every epoch, on the training thread.</summary>
    public IProgress<TrainingProgress>? Progress { get; init; }

    /// <summary>
    /// Given the model as it stands after every epoch, on the training thread, before <see cref="Progress"/> is told: to watch an embedding
    /// take shape. Each is a model of its own, whose history ends with its epoch (<see cref="TrainingHistory.BestEpoch"/>). It costs a copy
    /// of the weights and a diagnosis per epoch; null costs nothing.
    /// </summary>
    public IProgress<VaeModel>? Snapshots { get; init; }

    /// <summary>
    /// Told what went wrong without ending training, in a sentence: that a checkpoint could not be written, or that fewer rows are held out
    /// than were asked for. On the training thread.
    /// </summary>
    public IProgress<string>? Warnings { get; init; }

    /// <summary>
    /// Ends training. It is looked at after every 256 rows that are read for the first time, before every step and every minibatch of
    /// held-out rows, and in the diagnosis, unless <see cref="CancellationBehavior"/> asks for a model, which has one.
    /// </summary>
    public CancellationToken CancellationToken { get; init; }

    /// <summary>What a cancelled training gives.</summary>
    public CancellationBehavior CancellationBehavior { get; init; }

    /// <summary>
    /// Where and how often to write down where training stands, so that it can go on after its process has died; null is never.
    /// </summary>
    public CheckpointSettings? Checkpoints { get; init; }

    /// <summary>
    /// A model of the same architecture whose weights and standardization training starts from, instead of random weights. Its rows may have
    /// had other slots: those with the same column, kind and name in both are carried over, wherever they stand, and the others begin
    /// afresh. The new model keeps its latent dimensions, in their order and with their signs.
    /// </summary>
    public VaeModel? InitialModel { get; init; }

    /// <summary>
    /// λ ≥ 0 of an additional term λ/2·|μ − μ₀|² for each row, μ₀ being where <see cref="InitialModel"/> has it by the values that it
    /// knows: it holds the latent space in its place, so that what was trained on the old embedding goes on to work (docs/retrain.md). 0 is
    /// none: the model is free to improve on the old one.
    /// </summary>
    public double AnchorWeight { get; init; } = 10;

    /// <summary>
    /// The number of threads, or null for the trainer's own choice: one per processor in managed code, what libtorch has set in libtorch.
    /// It does not change what the managed trainer gives.
    /// </summary>
    public int? ThreadCount { get; init; }

    /// <summary>
    /// The memory, in bytes, that the cached training rows may take. A larger table goes to a temporary file that is gone when training
    /// ends. The budget does not change the model: a table of more than 128 MB is shuffled in windows of that size whatever the budget
    /// is, and one below that only means that the rows of a larger table are read one by one, which takes longer.
    /// </summary>
    public long MemoryBudget { get; init; } = TableResources.DefaultMemoryBudget;

    /// <summary>The folder for the temporary file; null is the system's.</summary>
    public string? TemporaryFolder { get; init; }

    /// <summary>Checks the settings.</summary>
    /// <exception cref="ArgumentException">One is not valid; the message names it.</exception>
    public void Validate()
    {
        if (ThreadCount is { } threads) Between(threads, 1, int.MaxValue, nameof(ThreadCount));
        NotNegative(MemoryBudget);
        NotNegative(AnchorWeight);
        Defined(CancellationBehavior);
        Checkpoints?.Validate();
    }

    /// <summary>λ where there is a model to anchor to, and 0 where there is none.</summary>
    internal double UsedAnchorWeight => InitialModel is null ? 0 : AnchorWeight;

    /// <summary>What of this concerns the table.</summary>
    internal TableResources TableResources =>
        new() { MemoryBudget = MemoryBudget, TemporaryFolder = TemporaryFolder, CancellationToken = CancellationToken };
}

/// <summary>What a cancelled training gives.</summary>
public enum CancellationBehavior
{
    /// <summary>An <see cref="OperationCanceledException"/>.</summary>
    Throw,

    /// <summary>
    /// The best model so far, whose <see cref="TrainingHistory.Cancelled"/> is true; an <see cref="OperationCanceledException"/> if no
    /// epoch has been completed.
    /// </summary>
    ReturnBestModel,
}
