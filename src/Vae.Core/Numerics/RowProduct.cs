namespace Vae.Numerics;

/// <summary>The product of one row and a matrix: as many vectors side by side as it takes to hide the latency of the additions.</summary>
internal static unsafe class RowProduct<TLanes>
    where TLanes : unmanaged, ILanes<TLanes>
{
    /// <summary>y = x·B + start, y being <paramref name="width"/> floats long, a multiple of <see cref="Padding.Lanes"/>.</summary>
    public static void Run(int width, nint depth, float* x, float* b, nint strideB, float* start, float* y)
    {
        int j = 0;
        for (; j <= width - 8 * TLanes.Count; j += 8 * TLanes.Count)
            Eight(depth, x, b + j, strideB, start + j, y + j);

        for (; j <= width - 2 * TLanes.Count; j += 2 * TLanes.Count)
            Two(depth, x, b + j, strideB, start + j, y + j);

        for (; j < width; j += TLanes.Count)
            One(depth, x, b + j, strideB, start + j, y + j);
    }

    private static void Eight(nint depth, float* x, float* b, nint strideB, float* start, float* y)
    {
        var sum0 = TLanes.Load(start);
        var sum1 = TLanes.Load(start + TLanes.Count);
        var sum2 = TLanes.Load(start + 2 * TLanes.Count);
        var sum3 = TLanes.Load(start + 3 * TLanes.Count);
        var sum4 = TLanes.Load(start + 4 * TLanes.Count);
        var sum5 = TLanes.Load(start + 5 * TLanes.Count);
        var sum6 = TLanes.Load(start + 6 * TLanes.Count);
        var sum7 = TLanes.Load(start + 7 * TLanes.Count);
        for (nint k = 0; k < depth; k++)
        {
            var element = TLanes.Broadcast(x[k]);
            sum0 = TLanes.MultiplyAdd(element, TLanes.Load(b), sum0);
            sum1 = TLanes.MultiplyAdd(element, TLanes.Load(b + TLanes.Count), sum1);
            sum2 = TLanes.MultiplyAdd(element, TLanes.Load(b + 2 * TLanes.Count), sum2);
            sum3 = TLanes.MultiplyAdd(element, TLanes.Load(b + 3 * TLanes.Count), sum3);
            sum4 = TLanes.MultiplyAdd(element, TLanes.Load(b + 4 * TLanes.Count), sum4);
            sum5 = TLanes.MultiplyAdd(element, TLanes.Load(b + 5 * TLanes.Count), sum5);
            sum6 = TLanes.MultiplyAdd(element, TLanes.Load(b + 6 * TLanes.Count), sum6);
            sum7 = TLanes.MultiplyAdd(element, TLanes.Load(b + 7 * TLanes.Count), sum7);
            b += strideB;
        }

        sum0.Store(y);
        sum1.Store(y + TLanes.Count);
        sum2.Store(y + 2 * TLanes.Count);
        sum3.Store(y + 3 * TLanes.Count);
        sum4.Store(y + 4 * TLanes.Count);
        sum5.Store(y + 5 * TLanes.Count);
        sum6.Store(y + 6 * TLanes.Count);
        sum7.Store(y + 7 * TLanes.Count);
    }

    private static void Two(nint depth, float* x, float* b, nint strideB, float* start, float* y)
    {
        var left = TLanes.Load(start);
        var right = TLanes.Load(start + TLanes.Count);
        for (nint k = 0; k < depth; k++)
        {
            var element = TLanes.Broadcast(x[k]);
            left = TLanes.MultiplyAdd(element, TLanes.Load(b), left);
            right = TLanes.MultiplyAdd(element, TLanes.Load(b + TLanes.Count), right);
            b += strideB;
        }

        left.Store(y);
        right.Store(y + TLanes.Count);
    }

    private static void One(nint depth, float* x, float* b, nint strideB, float* start, float* y)
    {
        var sum = TLanes.Load(start);
        for (nint k = 0; k < depth; k++)
        {
            sum = TLanes.MultiplyAdd(TLanes.Broadcast(x[k]), TLanes.Load(b), sum);
            b += strideB;
        }

        sum.Store(y);
    }
}
