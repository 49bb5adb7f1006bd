namespace Vae.Samples.Wine.Page;

/// <summary>How much of a measurement the embedding retains.</summary>
internal sealed record FeatureBar(string Name, double Quality);
