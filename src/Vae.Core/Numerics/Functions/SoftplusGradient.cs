using System.Runtime.CompilerServices;

namespace Vae.Numerics.Functions;

/// <summary>The gradient of softplus from y: 1 − e⁻ʸ.</summary>
internal readonly struct SoftplusGradient : IGradientFunction
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Of<TLanes>(TLanes value, TLanes gradient)
        where TLanes : unmanaged, ILanes<TLanes> => (TLanes.Broadcast(0) - LanesMath.Expm1(TLanes.Broadcast(0) - value)) * gradient;
}
