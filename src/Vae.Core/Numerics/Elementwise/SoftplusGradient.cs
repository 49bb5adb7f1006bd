using System.Runtime.CompilerServices;
using Vae.Numerics.Simd;

namespace Vae.Numerics.Elementwise;

/// <summary>The gradient of softplus from y: 1 − e⁻ʸ.</summary>
internal readonly struct SoftplusGradient : IGradientFunction
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Of<TVector>(TVector value, TVector gradient)
        where TVector : unmanaged, ISimdVector<TVector> => (TVector.Broadcast(0) - SimdMath.Expm1(TVector.Broadcast(0) - value)) * gradient;
}
