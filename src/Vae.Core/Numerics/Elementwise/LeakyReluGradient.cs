using System.Runtime.CompilerServices;
using Vae.Numerics.Simd;

namespace Vae.Numerics.Elementwise;

/// <summary>The gradient of leaky ReLU from y: 1 where y &gt; 0, else the slope, which is positive.</summary>
internal readonly struct LeakyReluGradient(float slope) : IGradientFunction
{
    private readonly float _slope = slope;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Of<TVector>(TVector value, TVector gradient)
        where TVector : unmanaged, ISimdVector<TVector> =>
        TVector.WhereLess(TVector.Broadcast(0), value, gradient, gradient * TVector.Broadcast(_slope));
}
