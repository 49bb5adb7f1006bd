namespace Vae.Numerics.RandomNumbers;

/// <summary>Logarithms of Gamma(α, 1) variables, which for small α are themselves too small for a float.</summary>
internal static class GammaVariate
{
    /// <summary>Draws log G, G ~ Gamma(<paramref name="shape"/>, 1), shape ≤ 1 (Marsaglia &amp; Tsang 2000, with the boost G(α) = G(α + 1)·U^(1/α)).</summary>
    public static double DrawLog(double shape, Random random)
    {
        double d = shape + 1 - 1.0 / 3;
        double c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            double normal = StandardNormal.Draw(random);
            double v = Math.Pow(1 + c * normal, 3);
            if (v <= 0) continue;
            if (Math.Log(1 - random.NextDouble()) < 0.5 * normal * normal + d - d * v + d * Math.Log(v))
                return Math.Log(d * v) + Math.Log(1 - random.NextDouble()) / shape;
        }
    }
}
