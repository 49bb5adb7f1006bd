using Vae.History;

namespace Vae.Persistence;

/// <summary>A <see cref="TrainingHistory"/> in a header; the metrics of the epochs are in the data.</summary>
internal sealed record HistoryHeader
{
    public required int BestEpoch { get; init; }

    public required bool StoppedEarly { get; init; }

    public bool Cancelled { get; init; }

    public required long TrainingRows { get; init; }

    public required long ValidationRows { get; init; }

    public required string Trainer { get; init; }

    public required MetricsHeader Metrics { get; init; }

    public static HistoryHeader Of(TrainingHistory history) => new()
    {
        BestEpoch = history.BestEpoch,
        StoppedEarly = history.StoppedEarly,
        Cancelled = history.Cancelled,
        TrainingRows = history.TrainingRows,
        ValidationRows = history.ValidationRows,
        Trainer = history.Trainer,
        Metrics = new MetricsHeader(history.Epochs.Count, HistoryColumns.Names),
    };

    public TrainingHistory ToHistory(EpochMetrics[] epochs) => new()
    {
        Epochs = epochs,
        BestEpoch = BestEpoch,
        StoppedEarly = StoppedEarly,
        Cancelled = Cancelled,
        TrainingRows = TrainingRows,
        ValidationRows = ValidationRows,
        Trainer = Trainer,
    };
}
