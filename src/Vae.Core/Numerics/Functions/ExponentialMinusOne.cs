using System.Runtime.CompilerServices;

namespace Vae.Numerics.Functions;

/// <summary>eˣ − 1, accurate near 0.</summary>
internal readonly struct ExponentialMinusOne : IFunction
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Of<TLanes>(TLanes x)
        where TLanes : unmanaged, ILanes<TLanes> => LanesMath.Expm1(x);
}
