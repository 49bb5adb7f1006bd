using System.Numerics.Tensors;

namespace Vae.Numerics.RandomNumbers;

/// <summary>One random variable at a time, where speed does not matter.</summary>
internal static class RandomVariable
{
    /// <summary>Draws from N(0, 1) (Box &amp; Muller 1958).</summary>
    public static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    /// <summary>
    /// Draws log G, G ~ Gamma(<paramref name="shape"/>, 1), shape ≤ 1 (Marsaglia &amp; Tsang 2000, with the boost G(α) = G(α + 1)·U^(1/α)):
    /// for a small shape G itself is too small for a float.
    /// </summary>
    public static double LogGamma(double shape, Random random)
    {
        double d = shape + 1 - 1.0 / 3;
        double c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            double normal = Normal(random);
            double v = Math.Pow(1 + c * normal, 3);
            if (v <= 0) continue;
            if (Math.Log(1 - random.NextDouble()) < 0.5 * normal * normal + d - d * v + d * Math.Log(v))
                return Math.Log(d * v) + Math.Log(1 - random.NextDouble()) / shape;
        }
    }

    /// <summary>Replaces non-negative weights by a one-hot vector: each slot with a probability in proportion to its weight.</summary>
    public static void OneHot(Span<float> weights, Random random)
    {
        double remaining = random.NextDouble() * TensorPrimitives.Sum<float>(weights);
        int chosen = 0;
        while (chosen < weights.Length - 1 && (remaining -= weights[chosen]) >= 0)
            chosen++;
        weights.Clear();
        weights[chosen] = 1;
    }
}
