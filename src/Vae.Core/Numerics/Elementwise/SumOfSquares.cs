using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Vae.Numerics.Elementwise;

/// <summary>Σ x², in double.</summary>
internal static class SumOfSquares
{
    public static double Of(ReadOnlySpan<float> x)
    {
        var lowerSums = Vector512<double>.Zero;
        var upperSums = Vector512<double>.Zero;
        int i = 0;
        for (; i <= x.Length - Vector512<float>.Count; i += Vector512<float>.Count)
        {
            var (lower, upper) = Vector512.Widen(Vector512.LoadUnsafe(ref MemoryMarshal.GetReference(x), (nuint)i));
            lowerSums += lower * lower;
            upperSums += upper * upper;
        }

        double sum = Vector512.Sum(lowerSums + upperSums);
        for (; i < x.Length; i++)
            sum += (double)x[i] * x[i];

        return sum;
    }
}
