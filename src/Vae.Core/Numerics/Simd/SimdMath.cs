using System.Runtime.CompilerServices;

namespace Vae.Numerics.Simd;

/// <summary>
/// Elementary functions of vectors of floats, good to about two units in the last place. NaN gives NaN.
/// </summary>
/// <remarks>
/// They are built of exactly defined operations alone (no estimates, no reassociation), so that the same argument gives the same
/// bits on every machine. The polynomials are minimax fits of the relative error on the reduced
/// ranges, summed by halves (Estrin's scheme), as their time is that of the longest chain of operations.
/// </remarks>
internal static class SimdMath
{
    /// <summary>1.5·2²³: adding it to a float rounds it to an integer, which is then in the sum's low bits.</summary>
    private const float RoundingShift = 12582912f;

    public const float LogOf2 = 0.693147182f;
    private const float LogOf2Rest = -1.90465421e-9f;
    private const float LogBase2OfE = 1.44269502f;

    /// <summary>eˣ − 1, accurate near 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Expm1<TVector>(TVector x)
        where TVector : unmanaged, ISimdVector<TVector> => Expm1Within(Clamp(x, -20f, 89f));

    /// <summary>log(x·2ᵉ) for a positive normal x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector LogOfNormal<TVector>(TVector x, TVector exponent)
        where TVector : unmanaged, ISimdVector<TVector>
    {
        // x = m·2ⁿ with m in [√½, √2).
        var shifted = TVector.SubtractBits(x, TVector.BroadcastBits(0x3F3504F3)) & TVector.BroadcastBits(unchecked((int)0xFF800000));
        var f = TVector.SubtractBits(x, shifted) - TVector.Broadcast(1f);
        var n = TVector.MultiplyAdd(TVector.BitsToFloat(shifted), TVector.Broadcast(1.1920929e-7f), exponent);
        var log = Log1pOfReduced(f, TVector.Broadcast(LogOf2Rest) * n);
        return TVector.MultiplyAdd(n, TVector.Broadcast(LogOf2), log);
    }

    /// <summary>sin and cos of 2πt for |t| ≤ 1/8.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector SinCosOfTurn<TVector>(TVector t, out TVector cos)
        where TVector : unmanaged, ISimdVector<TVector>
    {
        var square = t * t;
        var s = TVector.MultiplyAdd(TVector.Broadcast(-75.8380051f), square, TVector.Broadcast(81.6046219f));
        s = TVector.MultiplyAdd(s, square, TVector.Broadcast(-41.3417587f));
        s = TVector.MultiplyAdd(s, square, TVector.Broadcast(6.28318548f));
        var c = TVector.MultiplyAdd(TVector.Broadcast(58.8147736f), square, TVector.Broadcast(-85.4294968f));
        c = TVector.MultiplyAdd(c, square, TVector.Broadcast(64.9391785f));
        c = TVector.MultiplyAdd(c, square, TVector.Broadcast(-19.7392082f));
        cos = TVector.MultiplyAdd(c, square, TVector.Broadcast(1f));
        return s * t;
    }

    /// <summary>x·2ⁿ, rounded once, for an integer n from −252 to 254.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector ScaleByTwoSteps<TVector>(TVector x, TVector n)
        where TVector : unmanaged, ISimdVector<TVector>
    {
        var half = TVector.MultiplyAdd(n, TVector.Broadcast(0.5f), TVector.Broadcast(RoundingShift));
        var rest = n - (half - TVector.Broadcast(RoundingShift)) + TVector.Broadcast(RoundingShift);
        return x * PowerOfTwo(half) * PowerOfTwo(rest);
    }

    /// <summary>2ⁿ, n being in the low bits of a float to which <see cref="RoundingShift"/> was added.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector PowerOfTwo<TVector>(TVector shifted)
        where TVector : unmanaged, ISimdVector<TVector> =>
        TVector.AddBits(TVector.ShiftBitsLeft(shifted, 23), TVector.BroadcastBits(0x3F800000));

    /// <summary>eˣ for −140 ≤ x ≤ 90.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector ExpWithin<TVector>(TVector x)
        where TVector : unmanaged, ISimdVector<TVector>
    {
        var n = ReduceByLogOf2(x, out var r);
        return TVector.Scale(Expm1OfReduced(r) + TVector.Broadcast(1f), n);
    }

    /// <summary>eˣ − 1 for −20 ≤ x ≤ 89.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Expm1Within<TVector>(TVector x)
        where TVector : unmanaged, ISimdVector<TVector>
    {
        var n = ReduceByLogOf2(x, out var r);

        // Half the result is within the range of floats wherever the result is.
        var halfPower = TVector.Scale(TVector.Broadcast(0.5f), n);
        var half = TVector.MultiplyAdd(halfPower, Expm1OfReduced(r), halfPower - TVector.Broadcast(0.5f));
        return half + half;
    }

    /// <summary>e^−|x|, but never below 10⁻³⁵.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector ExpOfNegativeMagnitude<TVector>(TVector x)
        where TVector : unmanaged, ISimdVector<TVector> =>
        ExpWithin(TVector.AtLeast(TVector.Broadcast(-80f), x | TVector.BroadcastBits(int.MinValue)));

    /// <summary>x = n·log 2 + r with |r| ≤ ½·log 2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector ReduceByLogOf2<TVector>(TVector x, out TVector r)
        where TVector : unmanaged, ISimdVector<TVector>
    {
        var shift = TVector.Broadcast(RoundingShift);
        var n = TVector.MultiplyAdd(x, TVector.Broadcast(LogBase2OfE), shift) - shift;
        r = TVector.MultiplyAdd(n, TVector.Broadcast(-LogOf2), x);
        r = TVector.MultiplyAdd(n, TVector.Broadcast(-LogOf2Rest), r);
        return n;
    }

    /// <summary>eʳ − 1 for |r| ≤ ½·log 2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Expm1OfReduced<TVector>(TVector r)
        where TVector : unmanaged, ISimdVector<TVector>
    {
        var square = r * r;
        var low = TVector.MultiplyAdd(TVector.Broadcast(0.16666542f), r, TVector.Broadcast(0.49999997f));
        var high = TVector.MultiplyAdd(TVector.Broadcast(0.00836669188f), r, TVector.Broadcast(0.0416675285f));
        high = TVector.MultiplyAdd(TVector.Broadcast(0.00138621486f), square, high);
        return TVector.MultiplyAdd(square, TVector.MultiplyAdd(high, square, low), r);
    }

    /// <summary>log(1 + f) + rest for 1 + f in [√½, √2] and a small rest.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Log1pOfReduced<TVector>(TVector f, TVector rest)
        where TVector : unmanaged, ISimdVector<TVector>
    {
        var square = f * f;
        var fourth = square * square;
        var p01 = TVector.MultiplyAdd(TVector.Broadcast(0.333333373f), f, TVector.Broadcast(-0.499999881f));
        var p23 = TVector.MultiplyAdd(TVector.Broadcast(0.200012386f), f, TVector.Broadcast(-0.250016004f));
        var p45 = TVector.MultiplyAdd(TVector.Broadcast(0.141953543f), f, TVector.Broadcast(-0.166081816f));
        var p67 = TVector.MultiplyAdd(TVector.Broadcast(0.128277615f), f, TVector.Broadcast(-0.13263531f));
        var p47 = TVector.MultiplyAdd(p67, square, p45);
        var p48 = TVector.MultiplyAdd(TVector.Broadcast(-0.0747988299f), fourth, p47);
        var p = TVector.MultiplyAdd(p48, fourth, TVector.MultiplyAdd(p23, square, p01));
        return f + TVector.MultiplyAdd(square, p, rest);
    }

    /// <summary>The nearest number between two bounds.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Clamp<TVector>(TVector x, float low, float high)
        where TVector : unmanaged, ISimdVector<TVector> =>
        TVector.AtMost(TVector.Broadcast(high), TVector.AtLeast(TVector.Broadcast(low), x));
}
