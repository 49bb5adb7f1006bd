using Vae.Networks;

namespace Vae.Losses.Noise;

/// <summary>m ← min(m, 0.99·m + 0.01·MSE) after each step, s = √m (Asperti &amp; Trentin 2020).</summary>
internal sealed class ComputedNoiseUpdate(TensorSet buffers) : NoiseScaleUpdate
{
    public override bool NeedsSquaredError => true;

    public override void TakeSquaredError(double meanSquaredError)
    {
        ref float m = ref buffers.Row(TensorNames.MeanSquaredError)[0];
        m = (float)Math.Min(m, 0.99 * m + 0.01 * meanSquaredError);
    }
}
