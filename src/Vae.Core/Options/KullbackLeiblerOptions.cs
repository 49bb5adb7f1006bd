namespace Vae.Options;

/// <summary>β · KL(q(z|x) ‖ N(0, I)) with KL = ½ Σ (μ² + σ² − 1 − log σ²) (Kingma &amp; Welling 2014; β: Higgins et al. 2017).</summary>
public sealed record KullbackLeiblerOptions : RegularizerOptions
{
    /// <summary>The weight β ≥ 0; 1 is the ELBO.</summary>
    public double Beta { get; init; } = 1;

    /// <summary>
    /// Free bits λ ≥ 0 in nats per dimension: Σ_d max(λ, mean over the batch of KL_d), so that a dimension's first λ nats cost nothing
    /// (Kingma et al. 2016). 0 switches them off.
    /// </summary>
    public double FreeBits { get; init; }

    /// <summary>
    /// C in nats: β·|KL − C|, KL averaged over the minibatch, where the schedule raises C from 0 instead of the weight (Burgess et al. 2018); null is
    /// the plain KL.
    /// </summary>
    public double? Capacity { get; init; }

    internal override double LargestWeight => Beta;

    internal override double AtPrior(int dimension) => Beta * (Capacity ?? FreeBits * dimension);
}
