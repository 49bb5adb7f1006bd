namespace Vae.Training.Checkpoints;

/// <summary>
/// Where and how often a training writes down where it stands, so that it can go on after its process has died. Checkpoints are written
/// between epochs, to a temporary file that is then renamed: a crash at any moment leaves the last one whole. A training that finds a
/// checkpoint of its own (same rows, options, starting point and trainer) goes on from there; the managed trainer then ends with the same
/// model, to the last bit, as if nothing had happened, on any number of threads and within any memory budget. The file is deleted when
/// training has come to its end; that of a cancelled training stays.
/// </summary>
public sealed record CheckpointSettings
{
    /// <summary>
    /// The file; its folder must exist. A file with ".lock" behind the name keeps other trainings away meanwhile, and another one with
    /// ".tmp" exists while a checkpoint is being written. Whether the path can be written is found out before a row is read.
    /// </summary>
    public required string Path { get; init; }

    /// <summary>A checkpoint after every so many epochs, at least 1; null leaves it to <see cref="EveryMinutes"/>.</summary>
    public int? EveryEpochs { get; init; }

    /// <summary>
    /// A checkpoint after the first epoch that ends so many minutes after the last one, more than 0; null leaves it to
    /// <see cref="EveryEpochs"/>.
    /// </summary>
    public double? EveryMinutes { get; init; }

    /// <summary>
    /// What to do with a checkpoint of another training, or with a file that is truncated, corrupt or no checkpoint: false, the default,
    /// ends with an <see cref="InvalidOperationException"/> or an <see cref="InvalidDataException"/>; true starts afresh and replaces it.
    /// </summary>
    public bool ReplaceOther { get; init; }

    /// <summary>
    /// What to do when a checkpoint cannot be written, because the disk is full for instance: false, the default, tells
    /// <see cref="TrainingContext.Warnings"/> and goes on; true ends the training with an <see cref="IOException"/>.
    /// </summary>
    public bool ThrowOnFailedWrite { get; init; }

    /// <summary>Checks the settings.</summary>
    /// <exception cref="ArgumentException">One is not valid; the message names it.</exception>
    public void Validate()
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(Path);
        if (EveryEpochs is null && EveryMinutes is null)
            throw new ArgumentException($"Checkpoints need {nameof(EveryEpochs)}, {nameof(EveryMinutes)} or both.");
        if (EveryEpochs < 1)
            throw new ArgumentOutOfRangeException(nameof(EveryEpochs), EveryEpochs, $"{nameof(EveryEpochs)} must be at least 1.");
        if (EveryMinutes is { } minutes && !(minutes > 0))
            throw new ArgumentOutOfRangeException(nameof(EveryMinutes), EveryMinutes, $"{nameof(EveryMinutes)} must be more than 0.");
    }
}
