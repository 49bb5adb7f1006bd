namespace Vae.Numerics.Elementwise;

/// <summary>Functions that <see cref="Math"/> does not have.</summary>
internal static class ScalarMath
{
    /// <summary>eˣ − 1 to the last bit of single precision, also near 0, where the difference cancels (Kahan's correction).</summary>
    public static float Expm1(float x)
    {
        double power = Math.Exp(x);
        double difference = power - 1;

        // What rounding has done to eˣ, it has done to its logarithm too.
        return (float)(power == 1 ? x : Math.Abs(x) > 0.5 ? difference : difference * x / Math.Log(power));
    }

    /// <summary>log(1 + x), likewise.</summary>
    public static float Log1p(float x)
    {
        double sum = 1.0 + x;
        return (float)(sum == 1 ? x : Math.Abs(x) > 0.5 ? Math.Log(sum) : Math.Log(sum) * x / (sum - 1));
    }

    /// <summary>log Γ(<paramref name="x"/>) for x &gt; 0: Stirling's series at x + 8, and the recurrence back.</summary>
    public static double LogGamma(double x)
    {
        const int shift = 8;
        double product = 1;
        for (int i = 0; i < shift; i++)
            product *= x + i;
        double y = x + shift;
        double square = 1 / (y * y);
        double series = (1.0 / 12 - square * (1.0 / 360 - square * (1.0 / 1260 - square / 1680))) / y;
        return (y - 0.5) * Math.Log(y) - y + 0.5 * Math.Log(2 * Math.PI) + series - Math.Log(product);
    }
}
