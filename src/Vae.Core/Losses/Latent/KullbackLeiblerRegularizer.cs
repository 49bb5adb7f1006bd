namespace Vae.Losses.Latent;

/// <summary>β·½ Σ (μ² + σ² − 1 − log σ²), row by row.</summary>
internal sealed class KullbackLeiblerRegularizer(double beta) : Regularizer
{
    private readonly float _beta = (float)beta;

    public override void Evaluate(LatentBatch batch, int first, int count, float[] values)
    {
        for (int row = first; row < first + count; row++)
        {
            var mean = batch.Mean(row);
            var logVariance = batch.LogVariance(row);
            var meanGradient = batch.MeanGradient(row);
            var logVarianceGradient = batch.LogVarianceGradient(row);
            float weight = batch.RowWeights[row] * batch.Factor * _beta;
            float sum = 0;
            for (int d = 0; d < mean.Length; d++)
            {
                float log = LatentBatch.Clamp(logVariance[d]);
                float variance = MathF.Exp(log);
                sum += KullbackLeibler.OfDimension(mean[d], log, variance);
                meanGradient[d] = weight * mean[d];
                logVarianceGradient[d] = LatentBatch.IsClamped(logVariance[d]) ? 0 : weight * 0.5f * (variance - 1);
            }

            batch.KullbackLeibler[row] = sum;
            values[row] = batch.Factor * _beta * sum;
        }
    }
}
