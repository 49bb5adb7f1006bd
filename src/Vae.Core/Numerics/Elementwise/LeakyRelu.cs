using System.Runtime.CompilerServices;
using Vae.Numerics.Simd;

namespace Vae.Numerics.Elementwise;

/// <summary>x where x &gt; 0, else slope · x.</summary>
internal readonly struct LeakyRelu(float slope) : IFunction
{
    private readonly float _slope = slope;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Of<TVector>(TVector x)
        where TVector : unmanaged, ISimdVector<TVector> =>
        TVector.WhereLess(x, TVector.Broadcast(0), x * TVector.Broadcast(_slope), x);
}
