using System.Runtime.CompilerServices;

namespace Vae.Numerics;

/// <summary>
/// Elementary functions of vectors of floats, good to about two units in the last place (GELU: five). NaN gives NaN.
/// </summary>
/// <remarks>
/// They are built of exactly defined operations alone (no estimates, no reassociation), so that the same argument gives the same
/// bits on every machine. The polynomials are minimax fits of the relative error on the reduced
/// ranges, summed by halves (Estrin's scheme), as their time is that of the longest chain of operations.
/// </remarks>
internal static class LanesMath
{
    /// <summary>1.5·2²³: adding it to a float rounds it to an integer, which is then in the sum's low bits.</summary>
    private const float RoundingShift = 12582912f;

    private const float LogOf2 = 0.693147182f;
    private const float LogOf2Rest = -1.90465421e-9f;
    private const float LogBase2OfE = 1.44269502f;

    /// <summary>eˣ.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Exp<TLanes>(TLanes x)
        where TLanes : unmanaged, ILanes<TLanes> => ExpWithin(Clamp(x, -105f, 90f));

    /// <summary>eˣ − 1, accurate near 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Expm1<TLanes>(TLanes x)
        where TLanes : unmanaged, ILanes<TLanes> => Expm1Within(Clamp(x, -20f, 89f));

    /// <summary>log x: −∞ at 0, NaN below.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Log<TLanes>(TLanes x)
        where TLanes : unmanaged, ILanes<TLanes>
    {
        var zero = TLanes.Broadcast(0f);
        var leastNormal = TLanes.Broadcast(1.17549435e-38f);
        var normal = TLanes.WhereLess(x, leastNormal, x * TLanes.Broadcast(8388608f), x);
        var log = LogOfNormal(normal, TLanes.WhereLess(x, leastNormal, TLanes.Broadcast(-23f), zero));

        var notFinite = TLanes.WhereLess(x, zero, TLanes.Broadcast(float.NaN), x + TLanes.Broadcast(float.NegativeInfinity));
        log = TLanes.WhereLess(zero, x, log, notFinite);
        return TLanes.WhereLess(x, TLanes.Broadcast(float.PositiveInfinity), log, TLanes.Abs(x));
    }

    /// <summary>log(x·2ᵉ) for a positive normal x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes LogOfNormal<TLanes>(TLanes x, TLanes exponent)
        where TLanes : unmanaged, ILanes<TLanes>
    {
        // x = m·2ⁿ with m in [√½, √2).
        var shifted = TLanes.SubtractBits(x, TLanes.BroadcastBits(0x3F3504F3)) & TLanes.BroadcastBits(unchecked((int)0xFF800000));
        var f = TLanes.SubtractBits(x, shifted) - TLanes.Broadcast(1f);
        var n = TLanes.MultiplyAdd(TLanes.BitsToFloat(shifted), TLanes.Broadcast(1.1920929e-7f), exponent);
        var log = Log1pOfReduced(f, TLanes.Broadcast(LogOf2Rest) * n);
        return TLanes.MultiplyAdd(n, TLanes.Broadcast(LogOf2), log);
    }

    /// <summary>1/(1 + e⁻ˣ).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Sigmoid<TLanes>(TLanes x)
        where TLanes : unmanaged, ILanes<TLanes>
    {
        var zero = TLanes.Broadcast(0f);
        var one = TLanes.Broadcast(1f);
        var e = ExpOfNegativeMagnitude(x);
        return TLanes.WhereLess(x, zero, e, one) / (one + e);
    }

    /// <summary>tanh x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Tanh<TLanes>(TLanes x)
        where TLanes : unmanaged, ILanes<TLanes>
    {
        var magnitude = TLanes.Abs(x);
        var e = Expm1Within(TLanes.AtMost(TLanes.Broadcast(20f), magnitude + magnitude));
        return e / (e + TLanes.Broadcast(2f)) | (x & TLanes.BroadcastBits(int.MinValue));
    }

    /// <summary>log(1 + eˣ).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Softplus<TLanes>(TLanes x)
        where TLanes : unmanaged, ILanes<TLanes>
    {
        // max(x, 0) + log(1 + e), with e = e^−|x| in [0, 1]; 1 + e is halved where it is above √2.
        var zero = TLanes.Broadcast(0f);
        var e = ExpOfNegativeMagnitude(x);
        var bound = TLanes.Broadcast(0.414213562f);
        var f = TLanes.WhereLess(bound, e, TLanes.MultiplyAdd(e, TLanes.Broadcast(0.5f), TLanes.Broadcast(-0.5f)), e);
        var rest = TLanes.WhereLess(bound, e, TLanes.Broadcast(LogOf2), zero);
        return TLanes.AtLeast(zero, x) + (Log1pOfReduced(f, zero) + rest);
    }

    /// <summary>x·Φ(x), Φ being the normal distribution function.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Gelu<TLanes>(TLanes x)
        where TLanes : unmanaged, ILanes<TLanes> => TLanes.AtLeast(TLanes.Broadcast(-15f), x) * NormalDistribution(x, out _);

    /// <summary>The derivative of <see cref="Gelu"/>: Φ(x) + x·φ(x).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes GeluDerivative<TLanes>(TLanes x)
        where TLanes : unmanaged, ILanes<TLanes>
    {
        var distribution = NormalDistribution(x, out var density);
        return TLanes.MultiplyAdd(Clamp(x, -15f, 15f), density, distribution);
    }

    /// <summary>sin and cos of 2πt for |t| ≤ 1/8.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes SinCosOfTurn<TLanes>(TLanes t, out TLanes cos)
        where TLanes : unmanaged, ILanes<TLanes>
    {
        var square = t * t;
        var s = TLanes.MultiplyAdd(TLanes.Broadcast(-75.8380051f), square, TLanes.Broadcast(81.6046219f));
        s = TLanes.MultiplyAdd(s, square, TLanes.Broadcast(-41.3417587f));
        s = TLanes.MultiplyAdd(s, square, TLanes.Broadcast(6.28318548f));
        var c = TLanes.MultiplyAdd(TLanes.Broadcast(58.8147736f), square, TLanes.Broadcast(-85.4294968f));
        c = TLanes.MultiplyAdd(c, square, TLanes.Broadcast(64.9391785f));
        c = TLanes.MultiplyAdd(c, square, TLanes.Broadcast(-19.7392082f));
        cos = TLanes.MultiplyAdd(c, square, TLanes.Broadcast(1f));
        return s * t;
    }

    /// <summary>x·2ⁿ, rounded once, for an integer n from −252 to 254.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes ScaleByTwoSteps<TLanes>(TLanes x, TLanes n)
        where TLanes : unmanaged, ILanes<TLanes>
    {
        var half = TLanes.MultiplyAdd(n, TLanes.Broadcast(0.5f), TLanes.Broadcast(RoundingShift));
        var rest = n - (half - TLanes.Broadcast(RoundingShift)) + TLanes.Broadcast(RoundingShift);
        return x * PowerOfTwo(half) * PowerOfTwo(rest);
    }

    /// <summary>2ⁿ, n being in the low bits of a float to which <see cref="RoundingShift"/> was added.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes PowerOfTwo<TLanes>(TLanes shifted)
        where TLanes : unmanaged, ILanes<TLanes> =>
        TLanes.AddBits(TLanes.ShiftBitsLeft(shifted, 23), TLanes.BroadcastBits(0x3F800000));

    /// <summary>eˣ for −140 ≤ x ≤ 90.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes ExpWithin<TLanes>(TLanes x)
        where TLanes : unmanaged, ILanes<TLanes>
    {
        var n = ReduceByLogOf2(x, out var r);
        return TLanes.Scale(Expm1OfReduced(r) + TLanes.Broadcast(1f), n);
    }

    /// <summary>eˣ − 1 for −20 ≤ x ≤ 89.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Expm1Within<TLanes>(TLanes x)
        where TLanes : unmanaged, ILanes<TLanes>
    {
        var n = ReduceByLogOf2(x, out var r);

        // Half the result is within the range of floats wherever the result is.
        var halfPower = TLanes.Scale(TLanes.Broadcast(0.5f), n);
        var half = TLanes.MultiplyAdd(halfPower, Expm1OfReduced(r), halfPower - TLanes.Broadcast(0.5f));
        return half + half;
    }

    /// <summary>e^−|x|.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes ExpOfNegativeMagnitude<TLanes>(TLanes x)
        where TLanes : unmanaged, ILanes<TLanes> =>
        ExpWithin(TLanes.AtLeast(TLanes.Broadcast(-105f), x | TLanes.BroadcastBits(int.MinValue)));

    /// <summary>x = n·log 2 + r with |r| ≤ ½·log 2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes ReduceByLogOf2<TLanes>(TLanes x, out TLanes r)
        where TLanes : unmanaged, ILanes<TLanes>
    {
        var shift = TLanes.Broadcast(RoundingShift);
        var n = TLanes.MultiplyAdd(x, TLanes.Broadcast(LogBase2OfE), shift) - shift;
        r = TLanes.MultiplyAdd(n, TLanes.Broadcast(-LogOf2), x);
        r = TLanes.MultiplyAdd(n, TLanes.Broadcast(-LogOf2Rest), r);
        return n;
    }

    /// <summary>eʳ − 1 for |r| ≤ ½·log 2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Expm1OfReduced<TLanes>(TLanes r)
        where TLanes : unmanaged, ILanes<TLanes>
    {
        var square = r * r;
        var low = TLanes.MultiplyAdd(TLanes.Broadcast(0.16666542f), r, TLanes.Broadcast(0.49999997f));
        var high = TLanes.MultiplyAdd(TLanes.Broadcast(0.00836669188f), r, TLanes.Broadcast(0.0416675285f));
        high = TLanes.MultiplyAdd(TLanes.Broadcast(0.00138621486f), square, high);
        return TLanes.MultiplyAdd(square, TLanes.MultiplyAdd(high, square, low), r);
    }

    /// <summary>log(1 + f) + rest for 1 + f in [√½, √2] and a small rest.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Log1pOfReduced<TLanes>(TLanes f, TLanes rest)
        where TLanes : unmanaged, ILanes<TLanes>
    {
        var square = f * f;
        var fourth = square * square;
        var p01 = TLanes.MultiplyAdd(TLanes.Broadcast(0.333333373f), f, TLanes.Broadcast(-0.499999881f));
        var p23 = TLanes.MultiplyAdd(TLanes.Broadcast(0.200012386f), f, TLanes.Broadcast(-0.250016004f));
        var p45 = TLanes.MultiplyAdd(TLanes.Broadcast(0.141953543f), f, TLanes.Broadcast(-0.166081816f));
        var p67 = TLanes.MultiplyAdd(TLanes.Broadcast(0.128277615f), f, TLanes.Broadcast(-0.13263531f));
        var p47 = TLanes.MultiplyAdd(p67, square, p45);
        var p48 = TLanes.MultiplyAdd(TLanes.Broadcast(-0.0747988299f), fourth, p47);
        var p = TLanes.MultiplyAdd(p48, fourth, TLanes.MultiplyAdd(p23, square, p01));
        return f + TLanes.MultiplyAdd(square, p, rest);
    }

    /// <summary>The normal distribution function Φ(x), accurate in both tails, and its density φ(x).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes NormalDistribution<TLanes>(TLanes x, out TLanes density)
        where TLanes : unmanaged, ILanes<TLanes>
    {
        var one = TLanes.Broadcast(1f);
        var z = TLanes.AtMost(TLanes.Broadcast(15f), TLanes.Abs(x));

        // e^(−z²/2), with the rounding error of z² made good.
        var negativeHalf = TLanes.Broadcast(-0.5f);
        var square = z * z;
        var error = TLanes.MultiplyAdd(z, z, TLanes.Broadcast(0f) - square);
        var e = ExpWithin(square * negativeHalf);
        e = TLanes.MultiplyAdd(e * negativeHalf, error, e);
        density = e * TLanes.Broadcast(0.398942280f);

        // The tail 1 − Φ(z) is e times a smooth function of z, here a polynomial in t = (z − 4)/(z + 4) over z + 4.
        var four = TLanes.Broadcast(4f);
        var inverse = one / (z + four);
        var t = (z - four) * inverse;
        var squareOfT = t * t;
        var fourthOfT = squareOfT * squareOfT;
        var p01 = TLanes.MultiplyAdd(TLanes.Broadcast(-1.21579313f), t, TLanes.Broadcast(1.51057029f));
        var p23 = TLanes.MultiplyAdd(TLanes.Broadcast(-0.37304762f), t, TLanes.Broadcast(0.774273396f));
        var p45 = TLanes.MultiplyAdd(TLanes.Broadcast(-0.0150465043f), t, TLanes.Broadcast(0.120810032f));
        var p67 = TLanes.MultiplyAdd(TLanes.Broadcast(0.00313230115f), t, TLanes.Broadcast(-0.00702889357f));
        var p89 = TLanes.MultiplyAdd(TLanes.Broadcast(-0.000262075686f), t, TLanes.Broadcast(0.00035817796f));
        var p49 = TLanes.MultiplyAdd(p89, fourthOfT, TLanes.MultiplyAdd(p67, squareOfT, p45));
        var p = TLanes.MultiplyAdd(p49, fourthOfT, TLanes.MultiplyAdd(p23, squareOfT, p01));
        var tail = e * TLanes.Broadcast(0.5f) * (p * inverse);
        return TLanes.WhereLess(x, TLanes.Broadcast(0f), tail, one - tail);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Clamp<TLanes>(TLanes x, float low, float high)
        where TLanes : unmanaged, ILanes<TLanes> =>
        TLanes.AtMost(TLanes.Broadcast(high), TLanes.AtLeast(TLanes.Broadcast(low), x));
}
