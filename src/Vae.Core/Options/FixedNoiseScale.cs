namespace Vae.Options;

/// <summary>A noise scale that does not change.</summary>
/// <param name="Scale">The standard deviation s &gt; 0 of every numeric slot, in units of the slot's own standard deviation.</param>
public sealed record FixedNoiseScale(double Scale) : NoiseScaleOptions;
