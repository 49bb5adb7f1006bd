using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Vae.Numerics.Elementwise;

/// <summary>Looks for numbers that are infinite or NaN.</summary>
internal static class FiniteNumbers
{
    /// <summary>Whether no value is infinite or NaN.</summary>
    public static bool All(ReadOnlySpan<float> values)
    {
        if (values.Length < Vector256<float>.Count)
        {
            foreach (float value in values)
            {
                if (!float.IsFinite(value)) return false;
            }

            return true;
        }

        // x − x is NaN where x is infinite or NaN, and else 0. The last vector may overlap the one before.
        ref float first = ref MemoryMarshal.GetReference(values);
        nuint last = (nuint)(values.Length - Vector256<float>.Count);
        var differences = Difference(ref first, last);
        for (nuint i = 0; i < last; i += (nuint)Vector256<float>.Count)
            differences += Difference(ref first, i);
        return differences == Vector256<float>.Zero;
    }

    private static Vector256<float> Difference(ref float first, nuint index)
    {
        var values = Vector256.LoadUnsafe(ref first, index);
        return values - values;
    }
}
