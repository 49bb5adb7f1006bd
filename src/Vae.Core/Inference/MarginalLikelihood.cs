using Vae.Data;
using Vae.Numerics.RandomNumbers;

namespace Vae.Inference;

/// <summary>log p(x) ≈ logmeanexp over K samples z ~ q(z|x) of log p(x|z) + log p(z) − log q(z|x) (Burda et al. 2016).</summary>
internal static class MarginalLikelihood
{
    private const int SamplesPerBlock = 256;

    /// <summary>Estimates log p(x) of one row in original units.</summary>
    public static double Estimate(VaeModel model, ReadOnlySpan<float> row, int samples, Random random)
    {
        int k = model.LatentDimension;
        var mean = new float[k];
        var logVariance = new float[k];
        model.Encode(row, mean, logVariance);
        int block = Math.Min(samples, SamplesPerBlock);
        var latents = new float[block * k];
        var logWeights = new double[samples];
        var densities = new double[block];
        for (int first = 0; first < samples; first += block)
        {
            int count = Math.Min(block, samples - first);
            for (int sample = 0; sample < count; sample++)
            {
                double logRatio = 0;
                for (int d = 0; d < k; d++)
                {
                    double noise = RandomVariable.Normal(random);
                    double latent = mean[d] + Math.Exp(0.5 * logVariance[d]) * noise;
                    latents[sample * k + d] = (float)latent;
                    logRatio += 0.5 * (noise * noise + logVariance[d] - latent * latent);
                }

                logWeights[first + sample] = logRatio;
            }

            model.Evaluator.LogDensity(row, latents.AsSpan(0, count * k), densities.AsSpan(0, count));
            for (int sample = 0; sample < count; sample++)
                logWeights[first + sample] += densities[sample];
        }

        double largest = logWeights.Max();
        return largest + Math.Log(logWeights.Average(value => Math.Exp(value - largest))) - LogVolume(model, row);
    }

    /// <summary>log |dx/dx_standardized| over the observed numeric values.</summary>
    private static double LogVolume(VaeModel model, ReadOnlySpan<float> row)
    {
        double sum = 0;
        foreach (var group in model.Layout.Groups)
        {
            if (group.Kind != FeatureKind.Numeric) continue;
            for (int slot = group.Start; slot < group.End; slot++)
            {
                if (!float.IsNaN(row[slot])) sum += Math.Log(model.Standardization.Deviations[slot]);
            }
        }

        return sum;
    }
}
