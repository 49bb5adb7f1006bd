namespace Vae.Options;

/// <summary>The kernel of a maximum mean discrepancy in k latent dimensions, with width h.</summary>
public enum LatentKernel
{
    /// <summary>Σ_c c·C / (c·C + ‖u − v‖²) with C = 2·k·h² and c ∈ {0.1, 0.2, 0.5, 1, 2, 5, 10} (Tolstikhin et al. 2018).</summary>
    InverseMultiquadric,

    /// <summary>exp(−‖u − v‖² / (2·k·h²)).</summary>
    RadialBasisFunction,
}
