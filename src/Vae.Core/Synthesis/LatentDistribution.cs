using Vae.Numerics.RandomNumbers;

namespace Vae.Synthesis;

/// <summary>p(z) of new rows: N(0, I), or the mixture of the aggregate posterior.</summary>
internal sealed class LatentDistribution(int dimension, LatentMixture? mixture)
{
    /// <summary>k.</summary>
    public int Dimension => dimension;

    /// <summary>Draws a latent vector.</summary>
    public void Draw(Span<float> latent, Random random)
    {
        if (mixture is not null)
        {
            mixture.Draw(latent, random);
            return;
        }

        foreach (ref float value in latent)
            value = (float)RandomVariable.Normal(random);
    }

    /// <summary>log p(z).</summary>
    public double LogDensity(ReadOnlySpan<float> latent)
    {
        if (mixture is not null) return mixture.LogDensity(latent);
        double squares = 0;
        foreach (float value in latent)
            squares += (double)value * value;
        return -0.5 * squares - 0.5 * dimension * Math.Log(2 * Math.PI);
    }
}
