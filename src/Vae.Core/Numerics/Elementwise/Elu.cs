using System.Runtime.CompilerServices;
using Vae.Numerics.Simd;

namespace Vae.Numerics.Elementwise;

/// <summary>x where x &gt; 0, else eˣ − 1.</summary>
internal readonly struct Elu : IActivation
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Of<TVector>(TVector x)
        where TVector : unmanaged, ISimdVector<TVector> => TVector.WhereLess(x, TVector.Broadcast(0), SimdMath.Expm1(x), x);

    /// <summary>1 where y &gt; 0, else y + 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Gradient<TVector>(TVector value, TVector gradient)
        where TVector : unmanaged, ISimdVector<TVector> =>
        TVector.WhereLess(value, TVector.Broadcast(0), TVector.MultiplyAdd(value, gradient, gradient), gradient);
}
