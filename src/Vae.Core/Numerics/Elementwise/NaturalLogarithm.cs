using System.Runtime.CompilerServices;
using Vae.Numerics.Simd;

namespace Vae.Numerics.Elementwise;

/// <summary>log x.</summary>
internal readonly struct NaturalLogarithm : IFunction
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Of<TVector>(TVector x)
        where TVector : unmanaged, ISimdVector<TVector> => SimdMath.Log(x);
}
