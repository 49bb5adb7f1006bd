using System.Runtime.CompilerServices;
using Vae.Numerics.Simd;

namespace Vae.Numerics.Elementwise;

/// <summary>1/(1 + e⁻ˣ).</summary>
internal readonly struct LogisticSigmoid : IFunction
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Of<TVector>(TVector x)
        where TVector : unmanaged, ISimdVector<TVector>
    {
        var one = TVector.Broadcast(1f);
        var e = SimdMath.ExpOfNegativeMagnitude(x);
        return TVector.WhereLess(x, TVector.Broadcast(0f), e, one) / (one + e);
    }
}
