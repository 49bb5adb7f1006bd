
namespace Vae.Evaluation.Studies;

/// <summary>What was measured on one fold; NaN for what a method does not have.</summary>
internal sealed record FoldResult
{
    public required double Neighbours { get; init; }

    public required double Logistic { get; init; }

    public required double Clusters { get; init; }

    public double ActiveUnits { get; init; } = double.NaN;

    public double KullbackLeibler { get; init; } = double.NaN;

    /// <summary>log p of the held-out rows, in nats per row in original units.</summary>
    public double LogLikelihood { get; init; } = double.NaN;

    public double NoiseScale { get; init; } = double.NaN;

    public double Epochs { get; init; } = double.NaN;

    public required double Seconds { get; init; }
}
