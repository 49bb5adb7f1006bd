using Vae.Losses;
using Vae.Losses.Latent;
using Vae.Numerics;
using Vae.Numerics.Elementwise;

namespace Vae.Training.Managed;

/// <summary>z = μ + σ ⊙ ε, and behind it the row's conditions (Kingma &amp; Welling 2014). Backward adds to the head's gradient.</summary>
internal sealed class ReparameterizationPass(LatentPosterior posterior, Minibatch minibatch) : Pass
{
    /// <summary>ε [capacity × k] of the next step; whoever runs the step fills it.</summary>
    public Matrix Noise { get; } = new(minibatch.RowWeights.Length, posterior.Dimension);

    public override void Forward(StepInfo step, int first, int count)
    {
        for (int row = first; row < first + count; row++)
        {
            var mean = posterior.Mean(row);
            var logVariance = posterior.LogVariance(row);
            var noise = Noise.Row(row);
            var latent = posterior.Latent.Value.Row(row);
            for (int d = 0; d < mean.Length; d++)
                latent[d] = mean[d] + MathF.Exp(0.5f * LogVariance.Clamp(logVariance[d])) * noise[d];
            minibatch.Rows.Row(row)[minibatch.SlotCount..].CopyTo(latent[mean.Length..]);
        }

        TinyNumbers.ToZero(posterior.Latent.Value.Block(first, count));
    }

    public override void Backward(StepInfo step, int first, int count)
    {
        for (int row = first; row < first + count; row++)
        {
            var mean = posterior.Mean(row);
            var logVariance = posterior.LogVariance(row);
            var latent = posterior.Latent.Value.Row(row);
            var gradient = posterior.Latent.Gradient.Row(row);
            var meanGradient = posterior.MeanGradient(row);
            var logVarianceGradient = posterior.LogVarianceGradient(row);
            for (int d = 0; d < mean.Length; d++)
            {
                meanGradient[d] += gradient[d];
                if (!LogVariance.IsClamped(logVariance[d]))
                    logVarianceGradient[d] += gradient[d] * 0.5f * (latent[d] - mean[d]);
            }
        }

        TinyNumbers.ToZero(posterior.Head.Gradient.Block(first, count));
    }
}
