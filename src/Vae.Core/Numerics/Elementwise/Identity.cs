using System.Runtime.CompilerServices;
using Vae.Numerics.Simd;

namespace Vae.Numerics.Elementwise;

/// <summary>x itself.</summary>
internal readonly struct Identity : IFunction
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Of<TVector>(TVector x)
        where TVector : unmanaged, ISimdVector<TVector> => x;
}
