namespace Vae.Numerics;

/// <summary>eˣ − 1 and log(1 + x) without the cancellation that the framework's own single-precision versions suffer near 0.</summary>
internal static class ScalarMath
{
    /// <summary>eˣ − 1, by way of double precision.</summary>
    public static float Expm1(float x) => (float)(Math.Exp(x) - 1);

    /// <summary>log(1 + x), by way of double precision.</summary>
    public static float Log1p(float x) => (float)Math.Log(1.0 + x);
}
