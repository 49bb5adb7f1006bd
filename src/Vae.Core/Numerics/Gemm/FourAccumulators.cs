using System.Runtime.CompilerServices;
using Vae.Numerics.Simd;

namespace Vae.Numerics.Gemm;

/// <summary>
/// Four accumulators in registers: parts of four rows of a product, two neighbours in each of two rows, or four neighbours in one row.
/// </summary>
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

    /// <summary>Loads two vectors side by side, and two in the row that is a step from theirs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourAccumulators<TVector> OfTwoRows(float* source, nint rowStep) =>
        new(source, rowStep, TVector.Count, TVector.Count + rowStep);

    /// <summary>Adds the products of four vectors and one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddProducts(TVector a0, TVector a1, TVector a2, TVector a3, TVector b)
    {
        TVector.AddProduct(ref _sum0, b, a0);
        TVector.AddProduct(ref _sum1, b, a1);
        TVector.AddProduct(ref _sum2, b, a2);
        TVector.AddProduct(ref _sum3, b, a3);
    }

    /// <summary>Adds the products of two rows' numbers and two vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddProducts(TVector a0, TVector a1, TVector left, TVector right)
    {
        TVector.AddProduct(ref _sum0, left, a0);
        TVector.AddProduct(ref _sum1, left, a1);
        TVector.AddProduct(ref _sum2, right, a0);
        TVector.AddProduct(ref _sum3, right, a1);
    }

    /// <summary>Adds the products of four numbers, at <paramref name="a"/> and at three offsets from it, and a vector.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddProducts(float* a, nint offset1, nint offset2, nint offset3, TVector b)
    {
        TVector.AddProduct(ref _sum0, b, a);
        TVector.AddProduct(ref _sum1, b, a + offset1);
        TVector.AddProduct(ref _sum2, b, a + offset2);
        TVector.AddProduct(ref _sum3, b, a + offset3);
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

    /// <summary>Stores what <see cref="OfTwoRows"/> has loaded.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void StoreTwoRows(float* destination, nint rowStep) =>
        Store(destination, rowStep, TVector.Count, TVector.Count + rowStep);
}
