using System.Runtime.CompilerServices;
using Vae.Numerics.Simd;

namespace Vae.Numerics.Gemm;

/// <summary>Four accumulators in registers: parts of four rows of a product, or four neighbours in one row.</summary>
internal unsafe struct FourAccumulators<TVector>
    where TVector : unmanaged, ISimdVector<TVector>
{
    private TVector _sum0;
    private TVector _sum1;
    private TVector _sum2;
    private TVector _sum3;

    /// <summary>Loads vectors at <paramref name="source"/> and at three offsets from it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public FourAccumulators(float* source, nint offset1, nint offset2, nint offset3)
    {
        _sum0 = TVector.Load(source);
        _sum1 = TVector.Load(source + offset1);
        _sum2 = TVector.Load(source + offset2);
        _sum3 = TVector.Load(source + offset3);
    }

    /// <summary>Adds the products of four vectors and one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void MultiplyAdd(TVector a0, TVector a1, TVector a2, TVector a3, TVector b)
    {
        _sum0 = TVector.MultiplyAdd(b, a0, _sum0);
        _sum1 = TVector.MultiplyAdd(b, a1, _sum1);
        _sum2 = TVector.MultiplyAdd(b, a2, _sum2);
        _sum3 = TVector.MultiplyAdd(b, a3, _sum3);
    }

    /// <summary>Adds the products of four numbers, at <paramref name="a"/> and at three offsets from it, and a vector.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void MultiplyAdd(float* a, nint offset1, nint offset2, nint offset3, TVector b)
    {
        _sum0 = TVector.MultiplyAdd(b, a, _sum0);
        _sum1 = TVector.MultiplyAdd(b, a + offset1, _sum1);
        _sum2 = TVector.MultiplyAdd(b, a + offset2, _sum2);
        _sum3 = TVector.MultiplyAdd(b, a + offset3, _sum3);
    }

    /// <summary>Stores the vectors at <paramref name="destination"/> and at three offsets from it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Store(float* destination, nint offset1, nint offset2, nint offset3)
    {
        _sum0.Store(destination);
        _sum1.Store(destination + offset1);
        _sum2.Store(destination + offset2);
        _sum3.Store(destination + offset3);
    }
}
