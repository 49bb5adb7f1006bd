namespace Vae.Options;

/// <summary>
/// s = √m without a gradient; after each batch m ← min(m, 0.99·m + 0.01·(mean squared error of the batch)), from m = 1
/// (Asperti &amp; Trentin 2020).
/// </summary>
public sealed record ComputedNoiseScale : NoiseScaleOptions;
