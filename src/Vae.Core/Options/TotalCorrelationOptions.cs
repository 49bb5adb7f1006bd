namespace Vae.Options;

/// <summary>
/// KL + (β − 1)·TC, the total correlation TC = KL(q(z) ‖ Π_d q(z_d)) being estimated on the minibatch by minibatch-weighted sampling: β-TCVAE
/// (Chen, R. et al. 2018). β &gt; 1 makes the latent dimensions independent of one another without paying for it in mutual information.
/// </summary>
public sealed record TotalCorrelationOptions : RegularizerOptions
{
    /// <summary>The weight β ≥ 0 of the total correlation; 1 is the ELBO.</summary>
    public double Beta { get; init; } = 4;

    internal override double LargestWeight => Beta;
}
