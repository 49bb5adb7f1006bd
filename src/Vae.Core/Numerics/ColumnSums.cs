namespace Vae.Numerics;

/// <summary>Sums of the columns of a matrix, added from the first row to the last.</summary>
internal static unsafe class ColumnSums<TLanes>
    where TLanes : unmanaged, ILanes<TLanes>
{
    /// <summary>sums[j] += Σᵢ a[i, j] for <paramref name="width"/> columns, a multiple of <see cref="Padding.Lanes"/>.</summary>
    public static void Add(nint rows, int width, float* a, nint strideA, float* sums)
    {
        int j = 0;
        for (; j <= width - 4 * TLanes.Count; j += 4 * TLanes.Count)
            AddFour(rows, a + j, strideA, sums + j);

        for (; j < width; j += TLanes.Count)
            AddOne(rows, a + j, strideA, sums + j);
    }

    private static void AddFour(nint rows, float* a, nint strideA, float* sums)
    {
        var sum0 = TLanes.Load(sums);
        var sum1 = TLanes.Load(sums + TLanes.Count);
        var sum2 = TLanes.Load(sums + 2 * TLanes.Count);
        var sum3 = TLanes.Load(sums + 3 * TLanes.Count);
        for (nint i = 0; i < rows; i++)
        {
            sum0 += TLanes.Load(a);
            sum1 += TLanes.Load(a + TLanes.Count);
            sum2 += TLanes.Load(a + 2 * TLanes.Count);
            sum3 += TLanes.Load(a + 3 * TLanes.Count);
            a += strideA;
        }

        sum0.Store(sums);
        sum1.Store(sums + TLanes.Count);
        sum2.Store(sums + 2 * TLanes.Count);
        sum3.Store(sums + 3 * TLanes.Count);
    }

    private static void AddOne(nint rows, float* a, nint strideA, float* sums)
    {
        var sum = TLanes.Load(sums);
        for (nint i = 0; i < rows; i++)
        {
            sum += TLanes.Load(a);
            a += strideA;
        }

        sum.Store(sums);
    }
}
