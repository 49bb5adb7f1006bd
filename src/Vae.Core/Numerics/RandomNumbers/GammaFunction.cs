namespace Vae.Numerics.RandomNumbers;

/// <summary>The logarithm of the gamma function.</summary>
internal static class GammaFunction
{
    /// <summary>log Γ(<paramref name="x"/>) for x &gt; 0: Stirling's series at x + 8, and the recurrence back.</summary>
    public static double Log(double x)
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
