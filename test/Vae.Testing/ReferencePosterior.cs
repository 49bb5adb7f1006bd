namespace Vae.Testing;

/// <summary>
/// The posteriors of a minibatch in double precision, and what regularizers measure of them: averages over the rows with their weights.
/// </summary>
public sealed record ReferencePosterior
{
    public required double[][] Means { get; init; }

    /// <summary>log σ² within its bounds.</summary>
    public required double[][] LogVariances { get; init; }

    /// <summary>z.</summary>
    public required double[][] Latents { get; init; }

    /// <summary>The weight of each row in the average: (its own weight) / rows.</summary>
    public required double[] Weights { get; init; }

    /// <summary>A sample of the prior, one vector per row.</summary>
    public required double[][] Prior { get; init; }

    /// <summary>The number of rows of the whole table.</summary>
    public required long TableRows { get; init; }

    /// <summary>The schedule's factor.</summary>
    public required double Factor { get; init; }

    public double[] DimensionMeans => [.. Enumerable.Range(0, Means[0].Length)
        .Select(d => Means.Select((mean, row) => Weights[row] * Divergence(mean[d], LogVariances[row][d])).Sum())];

    public double KullbackLeibler => DimensionMeans.Sum();

    /// <summary>
    /// mean_i [log q(z_i) − Σ_d log q(z_id)] with q(z_i) ≈ Σ_j q(z_i|x_j) / NM and q(z_id) ≈ Σ_j q(z_id|x_j) / NM (Chen et al. 2018,
    /// appendix C.1).
    /// </summary>
    public double TotalCorrelation
    {
        get
        {
            double samples = (double)TableRows * Latents.Length;
            double sum = 0;
            for (int i = 0; i < Latents.Length; i++)
            {
                double[][] densities = [.. Means.Select(
                    (mean, j) => mean.Select((_, d) => Density(Latents[i][d], mean[d], LogVariances[j][d])).ToArray())];
                double joint = densities.Sum(factors => factors.Aggregate(1.0, (product, factor) => product * factor));
                double logMarginals = Enumerable.Range(0, Means[0].Length)
                    .Sum(d => Math.Log(densities.Sum(factors => factors[d]) / samples));
                sum += Weights[i] * (Math.Log(joint / samples) - logMarginals);
            }

            return sum;
        }
    }

    /// <summary>½ (μ² + σ² − 1 − log σ²).</summary>
    public static double Divergence(double mean, double logVariance) => 0.5 * (mean * mean + Math.Exp(logVariance) - 1 - logVariance);

    /// <summary>
    /// The unbiased estimate of E k(z, z') + E k(p, p') − 2 E k(z, p) (Gretton et al. 2012, equation 3), the rows of the minibatch being
    /// weighted.
    /// </summary>
    public double Discrepancy(Func<double[], double[], double> kernel)
    {
        int n = Latents.Length;
        double own = 0, ownWeight = 0, prior = 0, cross = 0;
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                cross += Weights[i] * kernel(Latents[i], Prior[j]) / n;
                if (i == j) continue;
                own += Weights[i] * Weights[j] * kernel(Latents[i], Latents[j]);
                ownWeight += Weights[i] * Weights[j];
                prior += kernel(Prior[i], Prior[j]) / n / (n - 1);
            }
        }

        return own / ownWeight + prior - 2 * cross / Weights.Sum();
    }

    private static double Density(double z, double mean, double logVariance) =>
        Math.Exp(-(z - mean) * (z - mean) / (2 * Math.Exp(logVariance))) / Math.Sqrt(2 * Math.PI * Math.Exp(logVariance));
}
