namespace Vae.Detection;

/// <summary>What a <see cref="VaeDetector"/> says of a row.</summary>
/// <param name="Score">How unusual the row is, in nats: reconstruction term, what unseen categories cost, and KL divergence.</param>
/// <param name="KullbackLeibler">The KL divergence in it: how far out the row is as a whole.</param>
/// <param name="PValue">The part of normal rows, about, that are as unusual or more.</param>
/// <param name="IsAnomaly">Whether the p-value is at most the detector's false alarm rate.</param>
public readonly record struct RowDetection(float Score, float KullbackLeibler, float PValue, bool IsAnomaly);
