using System.Runtime.CompilerServices;

namespace Vae.Numerics.Functions;

/// <summary>eˣ.</summary>
internal readonly struct Exponential : IFunction
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Of<TLanes>(TLanes x)
        where TLanes : unmanaged, ILanes<TLanes> => LanesMath.Exp(x);
}
