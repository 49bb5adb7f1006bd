using System.Runtime.CompilerServices;

namespace Vae.Numerics.Functions;

/// <summary>1/(1 + e⁻ˣ).</summary>
internal readonly struct LogisticSigmoid : IFunction
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Of<TLanes>(TLanes x)
        where TLanes : unmanaged, ILanes<TLanes> => LanesMath.Sigmoid(x);
}
