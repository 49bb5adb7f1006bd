using System.Runtime.CompilerServices;
using Vae.Numerics.Simd;

namespace Vae.Numerics.Elementwise;

/// <summary>eˣ.</summary>
internal readonly struct Exponential : IFunction
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Of<TVector>(TVector x)
        where TVector : unmanaged, ISimdVector<TVector> => SimdMath.Exp(x);
}
