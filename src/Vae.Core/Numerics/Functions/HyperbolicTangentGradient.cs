using System.Runtime.CompilerServices;

namespace Vae.Numerics.Functions;

/// <summary>The gradient of tanh from y: 1 − y².</summary>
internal readonly struct HyperbolicTangentGradient : IGradientFunction
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Of<TLanes>(TLanes value, TLanes gradient)
        where TLanes : unmanaged, ILanes<TLanes> => (TLanes.Broadcast(1) - value * value) * gradient;
}
