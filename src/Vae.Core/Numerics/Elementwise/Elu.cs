using System.Runtime.CompilerServices;
using Vae.Numerics.Simd;

namespace Vae.Numerics.Elementwise;

/// <summary>x where x &gt; 0, else eˣ − 1.</summary>
internal readonly struct Elu : IFunction
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Of<TVector>(TVector x)
        where TVector : unmanaged, ISimdVector<TVector> => TVector.WhereLess(x, TVector.Broadcast(0), SimdMath.Expm1(x), x);
}
