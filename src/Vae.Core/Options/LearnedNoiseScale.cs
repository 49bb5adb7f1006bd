namespace Vae.Options;

/// <summary>log s is trained with the weights, and kept at or above log <see cref="NoiseScaleOptions.Minimum"/> (Dai &amp; Wipf 2019).</summary>
/// <param name="PerSlot">One parameter per numeric slot instead of one for the model.</param>
public sealed record LearnedNoiseScale(bool PerSlot) : NoiseScaleOptions;
