using System.Runtime.CompilerServices;

namespace Vae.Numerics.Functions;

/// <summary>The gradient of leaky ReLU from y: 1 where y &gt; 0, else the slope, which is positive.</summary>
internal readonly struct LeakyReluGradient(float slope) : IGradientFunction
{
    private readonly float _slope = slope;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Of<TLanes>(TLanes value, TLanes gradient)
        where TLanes : unmanaged, ILanes<TLanes> =>
        TLanes.WhereLess(TLanes.Broadcast(0), value, gradient, gradient * TLanes.Broadcast(_slope));
}
