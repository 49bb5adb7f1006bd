using System.Text.Json;
using System.Text.Json.Serialization;
using Vae.Options;
using Vae.Persistence;

namespace Vae.Training.Checkpoints;

/// <summary>The JSON header of a checkpoint.</summary>
internal sealed record CheckpointHeader
{
    public required string WrittenBy { get; init; }

    public required Fingerprint Fingerprint { get; init; }

    public required int BestEpoch { get; init; }

    public required MetricsHeader Metrics { get; init; }

    public required double BestLoss { get; init; }

    public required bool StoppedEarly { get; init; }

    public required long Step { get; init; }

    public required long OptimizerSteps { get; init; }

    public required byte[] RandomState { get; init; }

    /// <param name="options">The options of the training.</param>
    /// <exception cref="JsonException">There is something that no training leaves.</exception>
    public void Validate(VaeOptions options)
    {
        Metrics.Validate(options);
        if (BestEpoch < 0 || BestEpoch > Metrics.Epochs) throw new JsonException("The best epoch is none of the epochs.");
        if (Step < 0 || OptimizerSteps < 0) throw new JsonException("There cannot be fewer than no steps.");
    }
}

/// <summary>How the header becomes JSON: by the rules of <see cref="HeaderJson"/>.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    MaxDepth = HeaderJson.MostDepth)]
[JsonSerializable(typeof(CheckpointHeader))]
internal sealed partial class CheckpointJson : JsonSerializerContext;
