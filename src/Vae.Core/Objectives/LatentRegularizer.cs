namespace Vae.Objectives;

/// <summary>What draws the posterior q(z|x) = N(μ, diag σ²) towards the prior N(0, I).</summary>
public abstract record LatentRegularizer
{
    private protected LatentRegularizer()
    {
    }

    /// <summary>The Kullback–Leibler divergence of the ELBO, times β: <see cref="KullbackLeiblerRegularizer"/>.</summary>
    /// <param name="beta">The weight β; 1 is the ELBO.</param>
    public static LatentRegularizer KullbackLeibler(double beta = 1) => new KullbackLeiblerRegularizer { Beta = beta };
}
