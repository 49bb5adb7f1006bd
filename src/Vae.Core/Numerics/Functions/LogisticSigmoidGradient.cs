using System.Runtime.CompilerServices;

namespace Vae.Numerics.Functions;

/// <summary>The gradient of the logistic sigmoid from y: y(1 − y).</summary>
internal readonly struct LogisticSigmoidGradient : IGradientFunction
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Of<TLanes>(TLanes value, TLanes gradient)
        where TLanes : unmanaged, ILanes<TLanes> => TLanes.MultiplyAdd(TLanes.Broadcast(0) - value, value, value) * gradient;
}
