using System.Runtime.CompilerServices;

namespace Vae.Numerics.Functions;

/// <summary>tanh x.</summary>
internal readonly struct HyperbolicTangent : IFunction
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Of<TLanes>(TLanes x)
        where TLanes : unmanaged, ILanes<TLanes> => LanesMath.Tanh(x);
}
