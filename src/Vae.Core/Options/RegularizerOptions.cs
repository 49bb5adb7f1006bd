using System.Text.Json.Serialization;

namespace Vae.Options;

/// <summary>What draws the posterior q(z|x) = N(μ, diag σ²) towards the prior N(0, I).</summary>
[JsonDerivedType(typeof(KullbackLeiblerOptions), "kullbackLeibler")]
[JsonDerivedType(typeof(InfoVaeOptions), "infoVae")]
[JsonDerivedType(typeof(TotalCorrelationOptions), "totalCorrelation")]
public abstract record RegularizerOptions
{
    private protected RegularizerOptions()
    {
    }

    /// <summary>The largest factor on one of the divergences.</summary>
    internal abstract double LargestWeight { get; }

    /// <summary>The term where every posterior is the prior, at most, whatever the schedule; what estimates differ by from minibatch to minibatch left out.</summary>
    internal virtual double AtPrior(int dimension) => 0;

    /// <summary>The Kullback–Leibler divergence of the ELBO, times β: <see cref="KullbackLeiblerOptions"/>.</summary>
    /// <param name="beta">The weight β; 1 is the ELBO.</param>
    public static RegularizerOptions KullbackLeibler(double beta = 1) => new KullbackLeiblerOptions { Beta = beta };

    /// <summary>KL and maximum mean discrepancy: <see cref="InfoVaeOptions"/>.</summary>
    /// <param name="alpha">α ≤ 1; 1 leaves only the discrepancy.</param>
    /// <param name="lambda">λ ≥ 1 − α.</param>
    public static RegularizerOptions InfoVae(double alpha = 0, double lambda = 10) => new InfoVaeOptions { Alpha = alpha, Lambda = lambda };

    /// <summary>KL with the total correlation weighted apart: <see cref="TotalCorrelationOptions"/>.</summary>
    /// <param name="beta">The weight β of the total correlation.</param>
    public static RegularizerOptions TotalCorrelation(double beta = 4) => new TotalCorrelationOptions { Beta = beta };
}
