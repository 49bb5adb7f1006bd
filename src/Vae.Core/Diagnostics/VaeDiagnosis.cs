using Vae.Data;
using Vae.Notebooks;

namespace Vae.Diagnostics;

/// <summary>
/// What a trained VAE has learned, with findings in plain words. It is measured on held-out rows; where they are fewer than thirty, on
/// training rows too.
/// </summary>
[TypeFormatterSource]
public sealed record VaeDiagnosis
{
    /// <summary>The number of rows that were looked at.</summary>
    public required int Rows { get; init; }

    /// <summary>Whether all of the rows were held out of training.</summary>
    public required bool HeldOut { get; init; }

    /// <summary>The mean reconstruction term at z = μ, in nats per row.</summary>
    public required double Reconstruction { get; init; }

    /// <summary>The mean KL(q(z|x) ‖ N(0, I)), in nats per row: the sum of <see cref="KullbackLeiblerPerDimension"/>.</summary>
    public required double KullbackLeibler { get; init; }

    /// <summary>The mean KL of each latent dimension, in nats per row; near 0 for a dimension that carries no information.</summary>
    public required IReadOnlyList<double> KullbackLeiblerPerDimension { get; init; }

    /// <summary>
    /// The variance over the rows of each dimension's posterior mean μ; a dimension is active above 0.01 (Burda et al. 2016).
    /// </summary>
    public required IReadOnlyList<double> MeanVariancePerDimension { get; init; }

    /// <summary>The number of active dimensions.</summary>
    public required int ActiveUnits { get; init; }

    /// <summary>The noise scale of the numeric slots in standardized units (geometric mean); NaN without numeric slots.</summary>
    public required double NoiseScale { get; init; }

    /// <summary>
    /// How well each group is reconstructed at z = μ, one entry per numeric slot, binary slot and one-hot group, in slot order.
    /// </summary>
    public required IReadOnlyList<FeatureQuality> Features { get; init; }

    /// <summary>What a person should know about this model, each with a remedy where something is wrong.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }

    /// <summary>The diagnosis as a short report of several lines.</summary>
    public override string ToString() => DiagnosisReport.Format(this);
}

/// <summary>How well one numeric slot, binary slot or one-hot group is reconstructed.</summary>
/// <param name="Name">The name of the slot, or of the group for a one-hot group.</param>
/// <param name="Kind">What it holds.</param>
/// <param name="Quality">
/// R² = 1 − Σ(x − x̂)²/Σ(x − x̄)² for a numeric slot, of its normal scores where it is standardized to them; accuracy, in [0, 1], for a
/// binary slot or one-hot group; NaN if no value was observed or, for R², all are the same.
/// </param>
/// <param name="Baseline">
/// What the most frequent value would score: 0 for R², the majority's share for accuracy; NaN if no value was observed.
/// </param>
public sealed record FeatureQuality(string Name, FeatureKind Kind, double Quality, double Baseline)
{
    /// <summary>An accuracy that a report says to be 1.000.</summary>
    private const double AlwaysRight = 0.9995;

    /// <summary>Whether no value was observed.</summary>
    internal bool IsEmpty => double.IsNaN(Baseline);

    /// <summary>Whether all observed values are the same.</summary>
    internal bool IsConstant => Baseline == 1 || (double.IsNaN(Quality) && !IsEmpty);

    /// <summary>
    /// Whether the most frequent value would do as well, though there are others; not where that is right so often that nothing could be
    /// better.
    /// </summary>
    internal bool IsPoor => Quality <= Baseline && !IsConstant && Quality < AlwaysRight;
}
