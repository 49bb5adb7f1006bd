using System.Runtime.CompilerServices;
using Vae.Numerics.Simd;

namespace Vae.Numerics.Elementwise;

/// <summary>x·Φ(x), Φ being the normal distribution function.</summary>
internal readonly struct Gelu : IActivation
{
    /// <summary>Beyond it the function and its derivative are 0, or those of the identity, to all digits that are kept.</summary>
    private const float Farthest = 12f;

    /// <inheritdoc/>
    public static bool GradientNeedsInput => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Of<TVector>(TVector x)
        where TVector : unmanaged, ISimdVector<TVector> => TVector.AtLeast(TVector.Broadcast(-Farthest), x) * NormalDistribution(x, out _);

    /// <summary>Φ(x) + x·φ(x).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Gradient<TVector>(TVector value, TVector gradient)
        where TVector : unmanaged, ISimdVector<TVector>
    {
        var distribution = NormalDistribution(value, out var density);
        return TVector.MultiplyAdd(SimdMath.Clamp(value, -Farthest, Farthest), density, distribution) * gradient;
    }

    /// <summary>The normal distribution function Φ(x), accurate in both tails, and its density φ(x).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector NormalDistribution<TVector>(TVector x, out TVector density)
        where TVector : unmanaged, ISimdVector<TVector>
    {
        var one = TVector.Broadcast(1f);
        var z = TVector.AtMost(TVector.Broadcast(Farthest), TVector.Abs(x));

        // e^(−z²/2), with the rounding error of z² made good.
        var negativeHalf = TVector.Broadcast(-0.5f);
        var square = z * z;
        var error = TVector.MultiplyAdd(z, z, TVector.Broadcast(0f) - square);
        var e = SimdMath.ExpWithin(square * negativeHalf);
        e = TVector.MultiplyAdd(e * negativeHalf, error, e);
        density = e * TVector.Broadcast(0.398942280f);

        // The tail 1 − Φ(z) is e times a smooth function of z, here a polynomial in t = (z − 4)/(z + 4) over z + 4.
        var four = TVector.Broadcast(4f);
        var inverse = one / (z + four);
        var t = (z - four) * inverse;
        var squareOfT = t * t;
        var fourthOfT = squareOfT * squareOfT;
        var p01 = TVector.MultiplyAdd(TVector.Broadcast(-1.21579313f), t, TVector.Broadcast(1.51057029f));
        var p23 = TVector.MultiplyAdd(TVector.Broadcast(-0.37304762f), t, TVector.Broadcast(0.774273396f));
        var p45 = TVector.MultiplyAdd(TVector.Broadcast(-0.0150465043f), t, TVector.Broadcast(0.120810032f));
        var p67 = TVector.MultiplyAdd(TVector.Broadcast(0.00313230115f), t, TVector.Broadcast(-0.00702889357f));
        var p89 = TVector.MultiplyAdd(TVector.Broadcast(-0.000262075686f), t, TVector.Broadcast(0.00035817796f));
        var p49 = TVector.MultiplyAdd(p89, fourthOfT, TVector.MultiplyAdd(p67, squareOfT, p45));
        var p = TVector.MultiplyAdd(p49, fourthOfT, TVector.MultiplyAdd(p23, squareOfT, p01));
        var tail = e * TVector.Broadcast(0.5f) * (p * inverse);
        return TVector.WhereLess(x, TVector.Broadcast(0f), tail, one - tail);
    }
}
