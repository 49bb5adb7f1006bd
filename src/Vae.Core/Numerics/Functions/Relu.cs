using System.Runtime.CompilerServices;

namespace Vae.Numerics.Functions;

/// <summary>max(x, 0).</summary>
internal readonly struct Relu : IFunction
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Of<TLanes>(TLanes x)
        where TLanes : unmanaged, ILanes<TLanes> => TLanes.WhereLess(x, TLanes.Broadcast(0), TLanes.Broadcast(0), x);
}
