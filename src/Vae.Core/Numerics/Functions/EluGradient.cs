using System.Runtime.CompilerServices;

namespace Vae.Numerics.Functions;

/// <summary>The gradient of ELU from y: 1 where y &gt; 0, else y + 1.</summary>
internal readonly struct EluGradient : IGradientFunction
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Of<TLanes>(TLanes value, TLanes gradient)
        where TLanes : unmanaged, ILanes<TLanes> => TLanes.WhereLess(value, TLanes.Broadcast(0), TLanes.MultiplyAdd(value, gradient, gradient), gradient);
}
