using Vae.Data;

namespace Vae.Diagnostics;

/// <summary>How well one numeric slot, binary slot or one-hot group is reconstructed.</summary>
/// <param name="Name">The name of the slot, or of the group for a one-hot group.</param>
/// <param name="Kind">What it holds.</param>
/// <param name="Quality">
/// R² = 1 − Σ(x − x̂)²/Σ(x − x̄)² for a numeric slot; accuracy, in [0, 1], for a binary slot or one-hot group; NaN if no value was observed or,
/// for R², all are the same.
/// </param>
/// <param name="Baseline">What the most frequent value would score: 0 for R², the majority's share for accuracy.</param>
public sealed record FeatureQuality(string Name, FeatureKind Kind, double Quality, double Baseline);
