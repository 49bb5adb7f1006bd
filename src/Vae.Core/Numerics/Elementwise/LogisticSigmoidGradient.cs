using System.Runtime.CompilerServices;
using Vae.Numerics.Simd;

namespace Vae.Numerics.Elementwise;

/// <summary>The gradient of the logistic sigmoid from y: y(1 − y).</summary>
internal readonly struct LogisticSigmoidGradient : IGradientFunction
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Of<TVector>(TVector value, TVector gradient)
        where TVector : unmanaged, ISimdVector<TVector> => TVector.MultiplyAdd(TVector.Broadcast(0) - value, value, value) * gradient;
}
