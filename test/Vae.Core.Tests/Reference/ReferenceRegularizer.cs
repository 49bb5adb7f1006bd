using Vae.Objectives;

namespace Vae.Tests.Reference;

/// <summary>What draws the posterior to the prior, for a whole minibatch.</summary>
internal static class ReferenceRegularizer
{
    /// <summary>½ (μ² + σ² − 1 − log σ²).</summary>
    public static double Divergence(double mean, double logVariance) => 0.5 * (mean * mean + Math.Exp(logVariance) - 1 - logVariance);

    /// <summary>The regularizer averaged over the rows with their weights.</summary>
    /// <param name="problem">The options and the weights of the rows.</param>
    /// <param name="means">μ by row.</param>
    /// <param name="logVariances">log σ² by row, clamped.</param>
    public static double Of(ReferenceProblem problem, double[][] means, double[][] logVariances) => problem.Options.Regularizer switch
    {
        KullbackLeiblerRegularizer divergence => divergence.Beta * DimensionMeans(problem, means, logVariances)
            .Sum(mean => divergence.FreeBits > 0 ? Math.Max(divergence.FreeBits, mean) : mean),
        var other => throw new NotSupportedException($"{other}"),
    };

    private static double[] DimensionMeans(ReferenceProblem problem, double[][] means, double[][] logVariances)
    {
        var sums = new double[problem.Options.LatentDimension];
        for (int row = 0; row < means.Length; row++)
        {
            for (int d = 0; d < sums.Length; d++)
                sums[d] += problem.RowWeights[row] * Divergence(means[row][d], logVariances[row][d]) / means.Length;
        }

        return sums;
    }
}
