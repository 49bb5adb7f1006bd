namespace Vae.Objectives;

/// <summary>β·Σ_d max(λ, mean over the minibatch of KL_d): a dimension's KL has a gradient only while its mean is above λ (Kingma et al. 2016).</summary>
internal sealed class FreeBitsTerm(KullbackLeiblerRegularizer options, int dimension, int capacity) : LatentTerm
{
    private readonly float _beta = (float)options.Beta;
    private readonly double _free = options.FreeBits;
    private readonly KullbackLeiblerTerm _divergence = new(options.Beta);
    private readonly double[] _dimensionMeans = new double[dimension];
    private readonly float[] _unused = new float[capacity];

    public override bool NeedsWholeBatch => true;

    public override void Evaluate(LatentBatch batch, int first, int count, float[] values)
    {
        Array.Clear(_dimensionMeans);
        double totalWeight = 0;
        for (int row = 0; row < count; row++)
        {
            totalWeight += batch.RowWeights[row];
            var mean = batch.Mean(row);
            var logVariance = batch.LogVariance(row);
            for (int d = 0; d < mean.Length; d++)
            {
                float log = LatentBatch.Clamp(logVariance[d]);
                _dimensionMeans[d] += batch.RowWeights[row] * KullbackLeibler.OfDimension(mean[d], log, MathF.Exp(log));
            }
        }

        double term = 0;
        foreach (double mean in _dimensionMeans)
            term += Math.Max(_free, mean);

        _divergence.Evaluate(batch, first, count, _unused);
        for (int row = 0; row < count; row++)
        {
            values[row] = (float)(_beta * term / totalWeight);
            for (int d = 0; d < batch.Dimension; d++)
            {
                if (_dimensionMeans[d] > _free) continue;
                batch.MeanGradient(row)[d] = 0;
                batch.LogVarianceGradient(row)[d] = 0;
            }
        }
    }
}
