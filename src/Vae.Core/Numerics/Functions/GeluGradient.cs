using System.Runtime.CompilerServices;

namespace Vae.Numerics.Functions;

/// <summary>The gradient of GELU from x: Φ(x) + x·φ(x).</summary>
internal readonly struct GeluGradient : IGradientFunction
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Of<TLanes>(TLanes value, TLanes gradient)
        where TLanes : unmanaged, ILanes<TLanes> => LanesMath.GeluDerivative(value) * gradient;
}
