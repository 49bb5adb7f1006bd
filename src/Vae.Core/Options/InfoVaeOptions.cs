namespace Vae.Options;

/// <summary>
/// (1 − α)·KL + (α + λ − 1)·MMD(q(z), N(0, I)), the maximum mean discrepancy between the minibatch's z and as large a sample of the prior, as an
/// unbiased U-statistic (Zhao et al. 2019). α = 1 leaves only the discrepancy: the MMD-VAE.
/// </summary>
public sealed record InfoVaeOptions : RegularizerOptions
{
    /// <summary>α ≤ 1: how much of the KL is given up for mutual information between x and z.</summary>
    public double Alpha { get; init; }

    /// <summary>λ ≥ 1 − α: the weight of the discrepancy, beside α.</summary>
    public double Lambda { get; init; } = 10;

    /// <summary>The kernel of the discrepancy.</summary>
    public LatentKernel Kernel { get; init; } = LatentKernel.InverseMultiquadric;

    /// <summary>h &gt; 0, the kernel's width in standard deviations of the prior.</summary>
    public double Bandwidth { get; init; } = 1;

    internal override double LargestWeight => Math.Max(1 - Alpha, Alpha + Lambda - 1);
}
