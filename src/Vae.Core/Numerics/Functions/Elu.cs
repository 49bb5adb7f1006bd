using System.Runtime.CompilerServices;

namespace Vae.Numerics.Functions;

/// <summary>x where x &gt; 0, else eˣ − 1.</summary>
internal readonly struct Elu : IFunction
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Of<TLanes>(TLanes x)
        where TLanes : unmanaged, ILanes<TLanes> => TLanes.WhereLess(x, TLanes.Broadcast(0), LanesMath.Expm1(x), x);
}
