using System.Runtime.CompilerServices;

namespace Vae.Numerics.Functions;

/// <summary>log(1 + eˣ).</summary>
internal readonly struct Softplus : IFunction
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Of<TLanes>(TLanes x)
        where TLanes : unmanaged, ILanes<TLanes> => LanesMath.Softplus(x);
}
