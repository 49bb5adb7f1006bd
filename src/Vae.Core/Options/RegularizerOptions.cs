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

    /// <summary>One of each kind, with its defaults.</summary>
    internal static IReadOnlyList<RegularizerOptions> Kinds =>
        [new KullbackLeiblerOptions(), new InfoVaeOptions(), new TotalCorrelationOptions()];

    /// <summary>The largest factor on one of the divergences.</summary>
    internal abstract double LargestWeight { get; }

    /// <summary>Whether the term compares the rows of a minibatch with one another, so that one row is too few.</summary>
    internal virtual bool ComparesRows => false;

    /// <summary>Whether the term compares the rows of a minibatch with as many draws of the prior.</summary>
    internal virtual bool NeedsPriorSample => false;

    /// <summary>
    /// The term where every posterior is the prior, at most, whatever the schedule; what estimates differ by from minibatch to minibatch
    /// left out.
    /// </summary>
    internal virtual double AtPrior(int dimension) => 0;

    /// <summary>Checks the values.</summary>
    internal abstract void Validate();

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
    /// C in nats: β·|KL − C|, KL averaged over the minibatch, where the schedule raises C from 0 instead of the weight (Burgess et al.
    /// 2018); null is the plain KL.
    /// </summary>
    public double? Capacity { get; init; }

    internal override double LargestWeight => Beta;

    internal override double AtPrior(int dimension) => Beta * (Capacity ?? FreeBits * dimension);

    internal override void Validate()
    {
        OptionCheck.NotNegative(Beta);
        OptionCheck.NotNegative(FreeBits);
        if (Capacity is not { } capacity) return;
        OptionCheck.NotNegative(capacity, nameof(Capacity));
        if (FreeBits > 0)
            throw new ArgumentException($"The options {nameof(FreeBits)} and {nameof(Capacity)} both set how much KL is free: choose one.");
    }
}

/// <summary>
/// (1 − α)·KL + (α + λ − 1)·MMD(q(z), N(0, I)), the maximum mean discrepancy between the minibatch's z and as large a sample of the
/// prior, as an unbiased U-statistic (Zhao et al. 2019). α = 1 leaves only the discrepancy: the MMD-VAE.
/// </summary>
public sealed record InfoVaeOptions : RegularizerOptions
{
    /// <summary>
    /// The share of the pairs in all weight below which one row weighs everything, and what is left is rounding: there is no discrepancy.
    /// </summary>
    internal const double NegligiblePairs = 1e-9;

    /// <summary>α ≤ 1: how much of the KL is given up for mutual information between x and z.</summary>
    public double Alpha { get; init; }

    /// <summary>λ ≥ 1 − α: the weight of the discrepancy, beside α.</summary>
    public double Lambda { get; init; } = 10;

    /// <summary>The kernel of the discrepancy.</summary>
    public LatentKernel Kernel { get; init; } = LatentKernel.InverseMultiquadric;

    /// <summary>h &gt; 0, the kernel's width in standard deviations of the prior.</summary>
    public double Bandwidth { get; init; } = 1;

    internal override double LargestWeight => Math.Max(DivergenceWeight, DiscrepancyWeight);

    internal override bool ComparesRows => true;

    internal override bool NeedsPriorSample => true;

    /// <summary>1 − α.</summary>
    internal double DivergenceWeight => 1 - Alpha;

    /// <summary>α + λ − 1.</summary>
    internal double DiscrepancyWeight => Alpha + Lambda - 1;

    /// <summary>The scales c over which <see cref="LatentKernel.InverseMultiquadric"/> sums.</summary>
    internal static IReadOnlyList<double> KernelScales { get; } = [0.1, 0.2, 0.5, 1, 2, 5, 10];

    /// <summary>2·k·h².</summary>
    internal double KernelWidth(long dimension) => 2 * dimension * Bandwidth * Bandwidth;

    internal override void Validate()
    {
        OptionCheck.Require(Alpha <= 1, Alpha, "must be at most 1, or the KL would be maximized");
        OptionCheck.Require(
            DiscrepancyWeight >= 0 && double.IsFinite(Alpha) && double.IsFinite(Lambda), Lambda,
            $"must be at least 1 − {nameof(Alpha)}, or the discrepancy would be maximized");
        OptionCheck.Defined(Kernel);
        OptionCheck.Positive(Bandwidth);
    }
}

/// <summary>
/// KL + (β − 1)·TC, the total correlation TC = KL(q(z) ‖ Π_d q(z_d)) being estimated on the minibatch by minibatch-weighted sampling:
/// β-TCVAE (Chen, R. et al. 2018). β &gt; 1 makes the latent dimensions independent of one another without paying for it in mutual
/// information.
/// </summary>
public sealed record TotalCorrelationOptions : RegularizerOptions
{
    /// <summary>The weight β ≥ 0 of the total correlation; 1 is the ELBO.</summary>
    public double Beta { get; init; } = 4;

    internal override double LargestWeight => Beta;

    internal override bool ComparesRows => true;

    internal override void Validate() => OptionCheck.NotNegative(Beta);
}
