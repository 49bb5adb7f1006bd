using System.Runtime.CompilerServices;
using Vae.Numerics.Simd;

namespace Vae.Numerics.Elementwise;

/// <summary>log(1 + eˣ).</summary>
internal readonly struct Softplus : IFunction
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Of<TVector>(TVector x)
        where TVector : unmanaged, ISimdVector<TVector> => SimdMath.Softplus(x);
}
