namespace Vae.Losses.Latent;

/// <summary>β·|KL − C|, KL averaged over the minibatch: the schedule raises C from 0 to the capacity, and not the weight (Burgess et al. 2018).</summary>
internal sealed class CapacityRegularizer(double beta, double capacity, int rows) : Regularizer
{
    private readonly KullbackLeiblerRegularizer _divergence = new(1);
    private readonly float[] _rowDivergences = new float[rows];

    public override bool NeedsWholeBatch => true;

    public override void Evaluate(LatentBatch batch, int first, int count, float[] values)
    {
        float factor = batch.Factor;
        batch.Factor = 1;
        _divergence.Evaluate(batch, first, count, _rowDivergences);
        batch.Factor = factor;

        double divergence = 0;
        double totalWeight = 0;
        for (int row = 0; row < count; row++)
        {
            divergence += (double)batch.RowWeights[row] * _rowDivergences[row];
            totalWeight += batch.RowWeights[row];
        }

        double distance = divergence - factor * capacity;
        float slope = (float)(distance > 0 ? beta : distance < 0 ? -beta : 0);
        for (int row = 0; row < count; row++)
        {
            values[row] = totalWeight > 0 ? (float)(beta * Math.Abs(distance) / totalWeight) : 0;
            foreach (ref float gradient in batch.Head.Gradient.Row(row))
                gradient *= slope;
        }
    }
}
