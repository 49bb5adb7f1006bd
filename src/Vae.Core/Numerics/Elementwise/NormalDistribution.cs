namespace Vae.Numerics.Elementwise;

/// <summary>The standard normal distribution.</summary>
internal static class NormalDistribution
{
    /// <summary>Φ⁻¹(part / total), exact in both tails.</summary>
    public static double Score(double part, double total) =>
        part <= total / 2 ? LowerScore(part / total) : -LowerScore((total - part) / total);

    /// <summary>
    /// Φ⁻¹(p) for p ≤ ½ by Newton's method: from a place left of the root, for Φ(−t) ≤ ½ exp(−t²/2), the first step goes right of it and
    /// the others come back, since Φ bends upwards there.
    /// </summary>
    private static double LowerScore(double probability)
    {
        const int mostSteps = 50;
        double score = -Math.Sqrt(2 * Math.Max(0, -Math.Log(2 * probability)));
        for (int i = 0; i < mostSteps; i++)
        {
            double density = Math.Exp(-score * score / 2) / Math.Sqrt(2 * Math.PI);
            double next = Math.Min(0, score + (probability - LowerTail(score, density)) / density);
            if (Math.Abs(next - score) <= 1e-12 * Math.Max(1, -score)) return next;
            score = next;
        }

        return score;
    }

    /// <summary>
    /// Φ(z) for z ≤ 0 with its density φ(z): near 0 by the series of Marsaglia (2004), ½ + φ·(z + z³/3 + z⁵/(3·5) + …), else by the
    /// continued fraction φ/(t + 1/(t + 2/(t + …))) with t = −z.
    /// </summary>
    private static double LowerTail(double score, double density)
    {
        if (score < -3)
        {
            double fraction = -score;
            for (int term = 60; term > 0; term--)
                fraction = -score + term / fraction;
            return density / fraction;
        }

        double sum = score;
        double power = score;
        for (int odd = 3; Math.Abs(power) > 1e-18 * Math.Abs(sum); odd += 2)
        {
            power *= score * score / odd;
            sum += power;
        }

        return 0.5 + density * sum;
    }
}
