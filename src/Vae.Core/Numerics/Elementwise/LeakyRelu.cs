using System.Runtime.CompilerServices;
using Vae.Numerics.Simd;

namespace Vae.Numerics.Elementwise;

/// <summary>x where x &gt; 0, else <see cref="Slope"/> · x.</summary>
internal readonly struct LeakyRelu : IActivation
{
    public const float Slope = 0.01f;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Of<TVector>(TVector x)
        where TVector : unmanaged, ISimdVector<TVector> => TVector.WhereLess(x, TVector.Broadcast(0), x * TVector.Broadcast(Slope), x);

    /// <summary>1 where y &gt; 0, else the slope.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Gradient<TVector>(TVector value, TVector gradient)
        where TVector : unmanaged, ISimdVector<TVector> =>
        TVector.WhereLess(TVector.Broadcast(0), value, gradient, gradient * TVector.Broadcast(Slope));
}
