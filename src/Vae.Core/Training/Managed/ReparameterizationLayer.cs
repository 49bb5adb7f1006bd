using Vae.Losses.Latent;
using Vae.Numerics;

namespace Vae.Training.Managed;

/// <summary>z = μ + σ ⊙ ε, and behind it the row's conditions (Kingma &amp; Welling 2014). Backward adds to the head's gradient.</summary>
internal sealed class ReparameterizationLayer : Layer
{
    private readonly LatentBatch _batch;
    private readonly Matrix _conditions;
    private readonly int _firstCondition;
    private readonly Matrix _noise;

    /// <param name="batch">Holds the head (μ, log σ²) and z.</param>
    /// <param name="rows">The rows of the minibatch, whose last columns are the conditions.</param>
    /// <param name="slotCount">The number of columns before the conditions.</param>
    /// <param name="noise">ε [rows × k].</param>
    public ReparameterizationLayer(LatentBatch batch, Matrix rows, int slotCount, Matrix noise)
    {
        _batch = batch;
        _conditions = rows;
        _firstCondition = slotCount;
        _noise = noise;
    }

    public override void Forward(int first, int count)
    {
        for (int row = first; row < first + count; row++)
        {
            var mean = _batch.Mean(row);
            var logVariance = _batch.LogVariance(row);
            var noise = _noise.Row(row);
            var latent = _batch.Latent.Value.Row(row);
            for (int d = 0; d < mean.Length; d++)
                latent[d] = mean[d] + MathF.Exp(0.5f * LatentBatch.Clamp(logVariance[d])) * noise[d];
            _conditions.Row(row)[_firstCondition..].CopyTo(latent[mean.Length..]);
        }
    }

    public override void Backward(int first, int count)
    {
        for (int row = first; row < first + count; row++)
        {
            var mean = _batch.Mean(row);
            var logVariance = _batch.LogVariance(row);
            var latent = _batch.Latent.Value.Row(row);
            var gradient = _batch.Latent.Gradient.Row(row);
            var meanGradient = _batch.MeanGradient(row);
            var logVarianceGradient = _batch.LogVarianceGradient(row);
            for (int d = 0; d < mean.Length; d++)
            {
                meanGradient[d] += gradient[d];
                if (!LatentBatch.IsClamped(logVariance[d]))
                    logVarianceGradient[d] += gradient[d] * 0.5f * (latent[d] - mean[d]);
            }
        }
    }
}
