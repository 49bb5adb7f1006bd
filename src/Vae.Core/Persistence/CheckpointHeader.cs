using Vae.Training;

namespace Vae.Persistence;

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
}
