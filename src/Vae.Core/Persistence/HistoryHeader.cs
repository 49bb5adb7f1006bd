namespace Vae.Persistence;

/// <summary>A <see cref="Training.TrainingHistory"/> in a header; the metrics of the epochs are in the data.</summary>
internal sealed record HistoryHeader
{
    public required int BestEpoch { get; init; }

    public required bool StoppedEarly { get; init; }

    public required long TrainingRows { get; init; }

    public required long ValidationRows { get; init; }

    public required string Trainer { get; init; }

    /// <summary>The number of epochs in the data.</summary>
    public required int Epochs { get; init; }

    /// <summary>The metrics of an epoch in the data, in order; see <see cref="HistoryColumns"/>.</summary>
    public required IReadOnlyList<string> Columns { get; init; }
}
