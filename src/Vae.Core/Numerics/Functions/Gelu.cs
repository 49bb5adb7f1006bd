using System.Runtime.CompilerServices;

namespace Vae.Numerics.Functions;

/// <summary>x·Φ(x), Φ being the normal distribution function.</summary>
internal readonly struct Gelu : IFunction
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Of<TLanes>(TLanes x)
        where TLanes : unmanaged, ILanes<TLanes> => LanesMath.Gelu(x);
}
