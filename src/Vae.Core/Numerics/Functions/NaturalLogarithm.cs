using System.Runtime.CompilerServices;

namespace Vae.Numerics.Functions;

/// <summary>log x.</summary>
internal readonly struct NaturalLogarithm : IFunction
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Of<TLanes>(TLanes x)
        where TLanes : unmanaged, ILanes<TLanes> => LanesMath.Log(x);
}
