namespace Vae.Options;

/// <summary>What the β-divergence treats as one observation.</summary>
public enum RobustnessForm
{
    /// <summary>
    /// Each slot (each group, with a categorical likelihood): an outlying cell loses its influence, the rest of its row keeps it (Akrami
    /// et al. 2022).
    /// </summary>
    PerSlot,

    /// <summary>The whole row, p(x|z) being the product over its slots: an outlying row loses its influence (Akrami et al. 2020).</summary>
    PerRow,
}
