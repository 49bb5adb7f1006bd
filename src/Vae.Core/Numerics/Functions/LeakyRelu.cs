using System.Runtime.CompilerServices;

namespace Vae.Numerics.Functions;

/// <summary>x where x &gt; 0, else slope · x.</summary>
internal readonly struct LeakyRelu(float slope) : IFunction
{
    private readonly float _slope = slope;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Of<TLanes>(TLanes x)
        where TLanes : unmanaged, ILanes<TLanes> =>
        TLanes.WhereLess(x, TLanes.Broadcast(0), x * TLanes.Broadcast(_slope), x);
}
