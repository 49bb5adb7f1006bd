using Vae.Options;

namespace Vae.Testing;

/// <summary>The noise scales that every test of noise scales runs over. The names stand in trained-bits.txt.</summary>
public static class NoiseScaleCases
{
    public static IReadOnlyList<(string Name, NoiseScaleOptions Options)> All { get; } =
    [
        ("fixed", NoiseScaleOptions.Fixed(0.7)),
        ("learned", NoiseScaleOptions.Learned()),
        ("per-slot", NoiseScaleOptions.Learned(perSlot: true)),
        ("computed", NoiseScaleOptions.Computed()),
    ];
}
