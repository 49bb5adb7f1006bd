using System.Runtime.CompilerServices;
using Vae.Numerics.Simd;

namespace Vae.Numerics.Elementwise;

/// <summary>1/(1 + e⁻ˣ).</summary>
internal readonly struct LogisticSigmoid : IFunction
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Of<TVector>(TVector x)
        where TVector : unmanaged, ISimdVector<TVector> => SimdMath.Sigmoid(x);
}
