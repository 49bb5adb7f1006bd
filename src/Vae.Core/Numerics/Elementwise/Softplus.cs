using System.Runtime.CompilerServices;
using Vae.Numerics.Simd;

namespace Vae.Numerics.Elementwise;

/// <summary>log(1 + eˣ).</summary>
internal readonly struct Softplus : IActivation
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Of<TVector>(TVector x)
        where TVector : unmanaged, ISimdVector<TVector>
    {
        // max(x, 0) + log(1 + e), with e = e^−|x| in [0, 1]; 1 + e is halved where it is above √2.
        var zero = TVector.Broadcast(0f);
        var e = SimdMath.ExpOfNegativeMagnitude(x);
        var bound = TVector.Broadcast(0.414213562f);
        var f = TVector.WhereLess(bound, e, TVector.MultiplyAdd(e, TVector.Broadcast(0.5f), TVector.Broadcast(-0.5f)), e);
        var rest = TVector.WhereLess(bound, e, TVector.Broadcast(SimdMath.LogOf2), zero);
        return TVector.AtLeast(zero, x) + (SimdMath.Log1pOfReduced(f, zero) + rest);
    }

    /// <summary>1 − e⁻ʸ.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Gradient<TVector>(TVector value, TVector gradient)
        where TVector : unmanaged, ISimdVector<TVector> => (TVector.Broadcast(0) - SimdMath.Expm1(TVector.Broadcast(0) - value)) * gradient;
}
