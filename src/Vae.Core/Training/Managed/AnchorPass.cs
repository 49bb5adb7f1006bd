using Vae.Losses;
using Vae.Losses.Latent;

namespace Vae.Training.Managed;

/// <summary>
/// λ/2·|μ − a|², a being where an earlier model has the row: what holds the latent space in its place. It adds to the regularizer's terms,
/// after those are complete.
/// </summary>
/// <param name="posterior">The posteriors.</param>
/// <param name="minibatch">The rows with their anchors.</param>
/// <param name="weight">λ.</param>
internal sealed class AnchorPass(LatentPosterior posterior, Minibatch minibatch, float weight) : Pass
{
    public override void Forward(StepInfo step, int first, int count) => Add(first, count);

    public override void Backward(StepInfo step, int first, int count) => Add(first, count);

    private void Add(int first, int count)
    {
        for (int row = first; row < first + count; row++)
        {
            var mean = posterior.Mean(row);
            var anchor = minibatch.Anchor(row);
            var gradient = posterior.MeanGradient(row);
            float rowWeight = weight * posterior.RowWeights[row];
            float squares = 0;
            for (int d = 0; d < mean.Length; d++)
            {
                float distance = mean[d] - anchor[d];
                squares += distance * distance;
                gradient[d] += rowWeight * distance;
            }

            posterior.Terms[row] += 0.5f * weight * squares;
            posterior.FullTerms[row] += 0.5f * weight * squares;
        }
    }
}
