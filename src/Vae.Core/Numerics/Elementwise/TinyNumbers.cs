using System.Runtime.CompilerServices;
using Vae.Numerics.Simd;

namespace Vae.Numerics.Elementwise;

/// <summary>
/// Numbers so small that they are written as 0. On some processors an operation on a subnormal number, below 1.2·10⁻³⁸, takes a hundred
/// times as long as on another, and functions that decay, gradients that vanish and means that run out make many. So whatever will be a
/// factor of a matrix product, or goes on from step to step, is 0 below a magnitude that is far above the subnormal numbers and far below
/// all that counts.
/// </summary>
internal static class TinyNumbers
{
    /// <summary>The smallest magnitude that is kept.</summary>
    public const float Smallest = 1e-30f;

    /// <summary>x, or 0 where |x| is below <see cref="Smallest"/>; NaN stays NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector ToZero<TVector>(TVector x)
        where TVector : unmanaged, ISimdVector<TVector> =>
        TVector.WhereLess(TVector.Abs(x), TVector.Broadcast(Smallest), TVector.Broadcast(0f), x);

    /// <summary>The same in place.</summary>
    public static void ToZero(Span<float> values) => VectorLoop.Apply<Identity>(values, values);
}
