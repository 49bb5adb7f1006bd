using System.Runtime.CompilerServices;
using Vae.Numerics.Simd;

namespace Vae.Numerics.Elementwise;

/// <summary>tanh x.</summary>
internal readonly struct HyperbolicTangent : IActivation
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Of<TVector>(TVector x)
        where TVector : unmanaged, ISimdVector<TVector>
    {
        var magnitude = TVector.Abs(x);
        var e = SimdMath.Expm1Within(TVector.AtMost(TVector.Broadcast(20f), magnitude + magnitude));
        return e / (e + TVector.Broadcast(2f)) | (x & TVector.BroadcastBits(int.MinValue));
    }

    /// <summary>1 − y².</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Gradient<TVector>(TVector value, TVector gradient)
        where TVector : unmanaged, ISimdVector<TVector> => (TVector.Broadcast(1) - value * value) * gradient;
}
