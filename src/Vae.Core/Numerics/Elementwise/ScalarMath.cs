namespace Vae.Numerics.Elementwise;

/// <summary>eˣ − 1 and log(1 + x) to the last bit of single precision, also near 0, where the differences themselves cancel (Kahan's corrections).</summary>
internal static class ScalarMath
{
    /// <summary>eˣ − 1.</summary>
    public static float Expm1(float x)
    {
        double power = Math.Exp(x);
        double difference = power - 1;

        // What rounding has done to eˣ, it has done to its logarithm too.
        return (float)(power == 1 ? x : Math.Abs(x) > 0.5 ? difference : difference * x / Math.Log(power));
    }

    /// <summary>log(1 + x).</summary>
    public static float Log1p(float x)
    {
        double sum = 1.0 + x;
        return (float)(sum == 1 ? x : Math.Abs(x) > 0.5 ? Math.Log(sum) : Math.Log(sum) * x / (sum - 1));
    }
}
