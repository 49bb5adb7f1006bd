namespace Vae.Objectives;

/// <summary>The noise scale stays what it is.</summary>
internal sealed class FixedNoiseRule : NoiseRule;
