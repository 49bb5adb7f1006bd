using Vae.Numerics.Simd;

namespace Vae.Numerics.Elementwise;

/// <summary>Sums of the columns of a matrix, added from the first row to the last.</summary>
internal static unsafe class ColumnSums<TVector>
    where TVector : unmanaged, ISimdVector<TVector>
{
    /// <summary>sums[j] += Σᵢ a[i, j] for <paramref name="width"/> columns, a multiple of <see cref="Padding.Lanes"/>.</summary>
    public static void Add(nint rows, int width, float* a, nint strideA, float* sums)
    {
        int j = 0;
        for (; j <= width - 4 * TVector.Count; j += 4 * TVector.Count)
            AddFour(rows, a + j, strideA, sums + j);

        for (; j < width; j += TVector.Count)
            AddOne(rows, a + j, strideA, sums + j);
    }

    private static void AddFour(nint rows, float* a, nint strideA, float* sums)
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

    private static void AddOne(nint rows, float* a, nint strideA, float* sums)
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
