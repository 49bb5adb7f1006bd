using System.Runtime.CompilerServices;

namespace Vae.Numerics.Functions;

/// <summary>The gradient of max(x, 0), from y.</summary>
internal readonly struct ReluGradient : IGradientFunction
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Of<TLanes>(TLanes value, TLanes gradient)
        where TLanes : unmanaged, ILanes<TLanes> => TLanes.WhereLess(TLanes.Broadcast(0), value, gradient, TLanes.Broadcast(0));
}
