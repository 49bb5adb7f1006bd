using Vae.Notebooks;

namespace Vae.History;

/// <summary>The course of a training.</summary>
[TypeFormatterSource]
public sealed record TrainingHistory
{
    /// <summary>One entry per epoch, in order.</summary>
    public required IReadOnlyList<EpochMetrics> Epochs { get; init; }

    /// <summary>The epoch, counted from 1, whose weights the model has; 0 if they are those that training started from.</summary>
    public required int BestEpoch { get; init; }

    /// <summary>Whether training ended before the largest number of epochs because the validation loss no longer fell.</summary>
    public required bool StoppedEarly { get; init; }

    /// <summary>
    /// Whether the caller ended the training and took its best model so far (<c>CancellationBehavior.ReturnBestModel</c>).
    /// </summary>
    public bool Cancelled { get; init; }

    /// <summary>The number of rows that were trained on.</summary>
    public required long TrainingRows { get; init; }

    /// <summary>The number of rows that were held out.</summary>
    public required long ValidationRows { get; init; }

    /// <summary>The trainer, for instance "Managed" or "TorchSharp (CPU)".</summary>
    public required string Trainer { get; init; }
}
