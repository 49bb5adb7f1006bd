namespace Vae.Losses.Latent;

/// <summary>β·KL, row by row.</summary>
internal sealed class KullbackLeiblerRegularizer(double beta) : Regularizer(beta)
{
    public override bool NeedsWholeBatch => false;

    public override void Complete(StepInfo step, LatentPosterior posterior, int first, int count)
    {
    }
}

/// <summary>
/// β·Σ_d max(λ, mean over the minibatch of KL_d): a dimension's KL has a gradient only while its mean is above λ (Kingma et al. 2016).
/// </summary>
internal sealed class FreeBitsRegularizer(double beta, double freeBits, int dimension) : Regularizer(beta)
{
    private readonly double _beta = beta;
    private readonly double[] _means = new double[dimension];

    public override void Complete(StepInfo step, LatentPosterior posterior, int first, int count)
    {
        double totalWeight = MeasureDimensions(posterior, count);
        double term = 0;
        foreach (double mean in _means)
            term += Math.Max(freeBits, mean);

        for (int row = 0; row < count; row++)
        {
            posterior.Terms[row] = totalWeight > 0 ? (float)(step.Factor * _beta * term / totalWeight) : 0;
            posterior.FullTerms[row] = totalWeight > 0 ? (float)(_beta * term / totalWeight) : 0;
            for (int d = 0; d < dimension; d++)
            {
                if (_means[d] > freeBits) continue;
                posterior.MeanGradient(row)[d] = 0;
                posterior.LogVarianceGradient(row)[d] = 0;
            }
        }
    }

    private double MeasureDimensions(LatentPosterior posterior, int count)
    {
        Array.Clear(_means);
        double totalWeight = 0;
        for (int row = 0; row < count; row++)
        {
            totalWeight += posterior.RowWeights[row];
            var mean = posterior.Mean(row);
            var logVariance = posterior.LogVariance(row);
            for (int d = 0; d < dimension; d++)
            {
                float log = LogVariance.Clamp(logVariance[d]);
                _means[d] += posterior.RowWeights[row] * KullbackLeibler.OfDimension(mean[d], log, MathF.Exp(log));
            }
        }

        return totalWeight;
    }
}

/// <summary>
/// β·|KL − C|, KL averaged over the minibatch: the schedule raises C from 0 to the capacity, and not the weight (Burgess et al. 2018).
/// </summary>
internal sealed class CapacityRegularizer(double beta, double capacity) : Regularizer(1)
{
    public override float DivergenceFactor(StepInfo step) => 1;

    public override void Complete(StepInfo step, LatentPosterior posterior, int first, int count)
    {
        double divergence = 0;
        double totalWeight = 0;
        for (int row = 0; row < count; row++)
        {
            divergence += (double)posterior.RowWeights[row] * posterior.Terms[row];
            totalWeight += posterior.RowWeights[row];
        }

        double distance = divergence - step.Factor * capacity;
        float slope = (float)(distance > 0 ? beta : distance < 0 ? -beta : 0);
        for (int row = 0; row < count; row++)
        {
            posterior.Terms[row] = totalWeight > 0 ? (float)(beta * Math.Abs(distance) / totalWeight) : 0;
            posterior.FullTerms[row] = totalWeight > 0 ? (float)(beta * Math.Abs(divergence - capacity) / totalWeight) : 0;
            foreach (ref float gradient in posterior.Head.Gradient.Row(row))
                gradient *= slope;
        }
    }
}
