namespace Vae.Losses.Latent;

/// <summary>KL(N(μ, σ²) ‖ N(0, 1)).</summary>
internal static class KullbackLeibler
{
    /// <summary>½ (μ² + σ² − 1 − log σ²) of one dimension, in nats.</summary>
    public static float OfDimension(float mean, float logVariance, float variance) => 0.5f * (mean * mean + variance - 1 - logVariance);

    /// <summary>The sum over dimensions, log σ² within its bounds.</summary>
    public static float Of(ReadOnlySpan<float> mean, ReadOnlySpan<float> logVariance)
    {
        float sum = 0;
        for (int d = 0; d < mean.Length; d++)
            sum += OfDimension(mean[d], logVariance[d], MathF.Exp(logVariance[d]));
        return sum;
    }

    /// <summary>
    /// Writes the divergence of some rows, factor·weight times it as their terms, weight times it as their full ones, and the terms'
    /// gradients by μ and log σ².
    /// </summary>
    public static void Evaluate(LatentPosterior posterior, float factor, float weight, int first, int count)
    {
        for (int row = first; row < first + count; row++)
        {
            var mean = posterior.Mean(row);
            var logVariance = posterior.LogVariance(row);
            var meanGradient = posterior.MeanGradient(row);
            var logVarianceGradient = posterior.LogVarianceGradient(row);
            float slope = posterior.RowWeights[row] * factor * weight;
            float sum = 0;
            for (int d = 0; d < mean.Length; d++)
            {
                float log = LogVariance.Clamp(logVariance[d]);
                float variance = MathF.Exp(log);
                sum += OfDimension(mean[d], log, variance);
                meanGradient[d] = slope * mean[d];
                logVarianceGradient[d] = LogVariance.IsClamped(logVariance[d]) ? 0 : slope * 0.5f * (variance - 1);
            }

            posterior.KullbackLeibler[row] = sum;
            posterior.Terms[row] = factor * weight * sum;
            posterior.FullTerms[row] = weight * sum;
        }
    }
}
