using Vae.Options;

namespace Vae.Tests.Reference;

/// <summary>What draws the posterior to the prior, for a whole minibatch: averages over its rows with their weights, the schedule's factor included.</summary>
internal sealed class ReferenceRegularizer(ReferenceProblem problem, double[][] means, double[][] logVariances, double[][] latents)
{
    private readonly double[] _weights = Array.ConvertAll(problem.RowWeights, weight => weight / means.Length);

    /// <summary>½ (μ² + σ² − 1 − log σ²).</summary>
    public static double Divergence(double mean, double logVariance) => 0.5 * (mean * mean + Math.Exp(logVariance) - 1 - logVariance);

    /// <summary>The term that the options ask for.</summary>
    public double Value => problem.Options.Regularizer switch
    {
        KullbackLeiblerOptions { Capacity: { } capacity } divergence => divergence.Beta * Math.Abs(KullbackLeibler - problem.Factor * capacity),
        KullbackLeiblerOptions { FreeBits: > 0 } divergence =>
            problem.Factor * divergence.Beta * DimensionMeans.Sum(mean => Math.Max(divergence.FreeBits, mean)),
        KullbackLeiblerOptions divergence => problem.Factor * divergence.Beta * KullbackLeibler,
        InfoVaeOptions information => problem.Factor
            * ((1 - information.Alpha) * KullbackLeibler + (information.Alpha + information.Lambda - 1) * Discrepancy(information)),
        TotalCorrelationOptions correlation => problem.Factor * (KullbackLeibler + (correlation.Beta - 1) * TotalCorrelation),
        var other => throw new NotSupportedException($"{other}"),
    };

    private double[] DimensionMeans => [.. Enumerable.Range(0, problem.Options.LatentDimension)
        .Select(d => means.Select((mean, row) => _weights[row] * Divergence(mean[d], logVariances[row][d])).Sum())];

    private double KullbackLeibler => DimensionMeans.Sum();

    /// <summary>
    /// mean_i [log q(z_i) − Σ_d log q(z_id)] with q(z_i) ≈ Σ_j q(z_i|x_j) / NM and q(z_id) ≈ Σ_j q(z_id|x_j) / NM (Chen et al. 2018, appendix C.1).
    /// </summary>
    private double TotalCorrelation
    {
        get
        {
            double samples = (double)problem.TableRows * latents.Length;
            double sum = 0;
            for (int i = 0; i < latents.Length; i++)
            {
                double[][] densities = [.. means.Select((mean, j) => mean.Select((_, d) => Density(latents[i][d], mean[d], logVariances[j][d])).ToArray())];
                double joint = densities.Sum(factors => factors.Aggregate(1.0, (product, factor) => product * factor));
                double logMarginals = Enumerable.Range(0, means[0].Length).Sum(d => Math.Log(densities.Sum(factors => factors[d]) / samples));
                sum += _weights[i] * (Math.Log(joint / samples) - logMarginals);
            }

            return sum;
        }
    }

    private static double Density(double z, double mean, double logVariance) =>
        Math.Exp(-(z - mean) * (z - mean) / (2 * Math.Exp(logVariance))) / Math.Sqrt(2 * Math.PI * Math.Exp(logVariance));

    /// <summary>The unbiased estimate of E k(z, z') + E k(p, p') − 2 E k(z, p) (Gretton et al. 2012, equation 3), the rows of the minibatch being weighted.</summary>
    private double Discrepancy(InfoVaeOptions options)
    {
        int n = latents.Length;
        double own = 0, ownWeight = 0, prior = 0, cross = 0;
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                cross += _weights[i] * Kernel(options, latents[i], problem.Prior[j]) / n;
                if (i == j) continue;
                own += _weights[i] * _weights[j] * Kernel(options, latents[i], latents[j]);
                ownWeight += _weights[i] * _weights[j];
                prior += Kernel(options, problem.Prior[i], problem.Prior[j]) / n / (n - 1);
            }
        }

        return own / ownWeight + prior - 2 * cross / _weights.Sum();
    }

    private double Kernel(InfoVaeOptions options, double[] u, double[] v)
    {
        double distance = u.Zip(v, (a, b) => (a - b) * (a - b)).Sum();
        double width = 2 * problem.Options.LatentDimension * options.Bandwidth * options.Bandwidth;
        return options.Kernel == LatentKernel.RadialBasisFunction
            ? Math.Exp(-distance / width)
            : new[] { 0.1, 0.2, 0.5, 1, 2, 5, 10 }.Sum(c => c * width / (c * width + distance));
    }
}
