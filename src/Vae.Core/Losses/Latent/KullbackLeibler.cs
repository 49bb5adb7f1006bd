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
}
