using System.Runtime.CompilerServices;
using Vae.Numerics.Simd;

namespace Vae.Numerics.Elementwise;

/// <summary>The gradient of ELU from y: 1 where y &gt; 0, else y + 1.</summary>
internal readonly struct EluGradient : IGradientFunction
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Of<TVector>(TVector value, TVector gradient)
        where TVector : unmanaged, ISimdVector<TVector> => TVector.WhereLess(value, TVector.Broadcast(0), TVector.MultiplyAdd(value, gradient, gradient), gradient);
}
