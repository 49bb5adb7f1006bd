using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Vae.Diagnostics;
using Vae.History;
using Vae.Inference;
using Vae.Options;

namespace Vae.Persistence;

/// <summary>The JSON header of a model file.</summary>
internal sealed record ModelHeader
{
    /// <summary>The version of the library that wrote the file; first, so that it can be told of a header that is not understood.</summary>
    public required string WrittenBy { get; init; }

    public required LayoutHeader Layout { get; init; }

    /// <summary>The options as <see cref="OptionsJson"/> writes them.</summary>
    public required JsonObject Options { get; init; }

    public required HistoryHeader History { get; init; }

    public required VaeDiagnosis Diagnosis { get; init; }

    /// <summary>The number of points of each slot's map to normal scores, 0 for none; null where no slot has one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<int>? QuantilePoints { get; init; }

    /// <summary>The decimals of each slot's range; null where no range is known.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<int>? SlotDecimals { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public MixtureHeader? Mixture { get; init; }

    /// <summary>The number of slots whose noise depends on one another; null where noise is independent.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? DependentSlots { get; init; }

    /// <summary>What each latent dimension is worth; null in a model of version 1 or 2.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<LatentAxis>? Axes { get; init; }

    /// <summary>The rows of the training in short; null where that is not known.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ProfileHeader? Profile { get; init; }

    /// <summary>The tensors in the order of the data: weights, then buffers.</summary>
    public required IReadOnlyList<TensorHeader> Tensors { get; init; }
}

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

    /// <param name="options">The options of the training.</param>
    /// <exception cref="JsonException">There is something that no training leaves.</exception>
    public void Validate(VaeOptions options)
    {
        Metrics.Validate(options);
        if (BestEpoch < 0 || BestEpoch > Metrics.Epochs) throw new JsonException("The best epoch is none of the epochs.");
        if (TrainingRows < 0 || ValidationRows < 0) throw new JsonException("There cannot be fewer than no rows.");
    }

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
