namespace Vae.Losses.Latent;

/// <summary>β·Σ_d max(λ, mean over the minibatch of KL_d): a dimension's KL has a gradient only while its mean is above λ (Kingma et al. 2016).</summary>
internal sealed class FreeBitsRegularizer(double beta, double freeBits, int dimension) : Regularizer
{
    private readonly KullbackLeiblerRegularizer _divergence = new(beta);
    private readonly double[] _means = new double[dimension];

    public override bool NeedsWholeBatch => true;

    public override void Evaluate(LatentBatch batch, int first, int count, float[] values)
    {
        _divergence.Evaluate(batch, first, count, values);
        double totalWeight = MeasureDimensions(batch, count);
        double term = 0;
        foreach (double mean in _means)
            term += Math.Max(freeBits, mean);

        for (int row = 0; row < count; row++)
        {
            values[row] = totalWeight > 0 ? (float)(batch.Factor * beta * term / totalWeight) : 0;
            for (int d = 0; d < dimension; d++)
            {
                if (_means[d] > freeBits) continue;
                batch.MeanGradient(row)[d] = 0;
                batch.LogVarianceGradient(row)[d] = 0;
            }
        }
    }

    private double MeasureDimensions(LatentBatch batch, int count)
    {
        Array.Clear(_means);
        double totalWeight = 0;
        for (int row = 0; row < count; row++)
        {
            totalWeight += batch.RowWeights[row];
            var mean = batch.Mean(row);
            var logVariance = batch.LogVariance(row);
            for (int d = 0; d < dimension; d++)
            {
                float log = LatentBatch.Clamp(logVariance[d]);
                _means[d] += batch.RowWeights[row] * KullbackLeibler.OfDimension(mean[d], log, MathF.Exp(log));
            }
        }

        return totalWeight;
    }
}
