using Vae.Options;

namespace Vae.Losses.Latent;

/// <summary>A <see cref="LatentKernel"/> as a function of the squared distance r = ‖u − v‖².</summary>
internal sealed class KernelFunction(LatentKernel kernel, int dimension, double bandwidth)
{
    private static readonly float[] Scales = [0.1f, 0.2f, 0.5f, 1, 2, 5, 10];

    private readonly float _width = (float)(2 * dimension * bandwidth * bandwidth);

    /// <summary>k(r), and its derivative by r.</summary>
    public float Evaluate(float squaredDistance, out float derivative)
    {
        if (kernel == LatentKernel.RadialBasisFunction)
        {
            float value = MathF.Exp(-squaredDistance / _width);
            derivative = -value / _width;
            return value;
        }

        float sum = 0;
        derivative = 0;
        foreach (float scale in Scales)
        {
            float width = scale * _width;
            float value = width / (width + squaredDistance);
            sum += value;
            derivative -= value / (width + squaredDistance);
        }

        return sum;
    }
}
