namespace Vae.Losses.Noise;

/// <summary>The noise scale stays what it is.</summary>
internal sealed class FixedNoiseUpdate : NoiseScaleUpdate;
