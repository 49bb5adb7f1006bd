using System.Runtime.Intrinsics;
using Vae.Numerics.Simd;

namespace Vae.Numerics.Elementwise;

/// <summary>Sums of the columns of a matrix, added from the first row to the last: the gradient of a bias.</summary>
internal static unsafe class ColumnSums
{
    /// <summary>sums[j] += Σᵢ a[i, j]; the padding is added too.</summary>
    public static void Add(ReadOnlyMatrixView a, Span<float> sums)
    {
        int width = Padding.Stride(a.Columns);
        a.RequireWidth(width, nameof(a));
        ArgumentOutOfRangeException.ThrowIfLessThan(sums.Length, width);
        fixed (float* pa = a.Values, ps = sums)
        {
            if (Vector512.IsHardwareAccelerated)
                Add<SimdVector512>(a.Rows, width, pa, a.Stride, ps);
            else if (Vector256.IsHardwareAccelerated)
                Add<SimdVector256>(a.Rows, width, pa, a.Stride, ps);
            else
                Add<SimdVector128>(a.Rows, width, pa, a.Stride, ps);
        }
    }

    /// <summary>The same with vectors of a given width; the columns are counted with their padding.</summary>
    internal static void Add<TVector>(nint rows, int width, float* a, nint strideA, float* sums)
        where TVector : unmanaged, ISimdVector<TVector>
    {
        int j = 0;
        for (; j <= width - 4 * TVector.Count; j += 4 * TVector.Count)
            AddFour<TVector>(rows, a + j, strideA, sums + j);

        for (; j < width; j += TVector.Count)
            AddOne<TVector>(rows, a + j, strideA, sums + j);
    }

    private static void AddFour<TVector>(nint rows, float* a, nint strideA, float* sums)
        where TVector : unmanaged, ISimdVector<TVector>
    {
        var sum0 = TVector.Load(sums);
        var sum1 = TVector.Load(sums + TVector.Count);
        var sum2 = TVector.Load(sums + 2 * TVector.Count);
        var sum3 = TVector.Load(sums + 3 * TVector.Count);
        for (nint i = 0; i < rows; i++)
        {
            sum0 += TVector.Load(a);
            sum1 += TVector.Load(a + TVector.Count);
            sum2 += TVector.Load(a + 2 * TVector.Count);
            sum3 += TVector.Load(a + 3 * TVector.Count);
            a += strideA;
        }

        sum0.Store(sums);
        sum1.Store(sums + TVector.Count);
        sum2.Store(sums + 2 * TVector.Count);
        sum3.Store(sums + 3 * TVector.Count);
    }

    private static void AddOne<TVector>(nint rows, float* a, nint strideA, float* sums)
        where TVector : unmanaged, ISimdVector<TVector>
    {
        var sum = TVector.Load(sums);
        for (nint i = 0; i < rows; i++)
        {
            sum += TVector.Load(a);
            a += strideA;
        }

        sum.Store(sums);
    }
}
