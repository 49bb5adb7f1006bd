using System.Runtime.CompilerServices;
using Vae.Numerics.Simd;

namespace Vae.Numerics.Elementwise;

/// <summary>The gradient of tanh from y: 1 − y².</summary>
internal readonly struct HyperbolicTangentGradient : IGradientFunction
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Of<TVector>(TVector value, TVector gradient)
        where TVector : unmanaged, ISimdVector<TVector> => (TVector.Broadcast(1) - value * value) * gradient;
}
