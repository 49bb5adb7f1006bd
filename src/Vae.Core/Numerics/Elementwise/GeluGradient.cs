using System.Runtime.CompilerServices;
using Vae.Numerics.Simd;

namespace Vae.Numerics.Elementwise;

/// <summary>The gradient of GELU from x: Φ(x) + x·φ(x).</summary>
internal readonly struct GeluGradient : IGradientFunction
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Of<TVector>(TVector value, TVector gradient)
        where TVector : unmanaged, ISimdVector<TVector> => SimdMath.GeluDerivative(value) * gradient;
}
