using System.Runtime.CompilerServices;

namespace Vae.Numerics;

/// <summary>The product of one row and a matrix: up to eight vectors side by side, to hide the latency of the additions.</summary>
internal static unsafe class RowProduct<TLanes>
    where TLanes : unmanaged, ILanes<TLanes>
{
    /// <summary>y = x·B + start for a number of vectors.</summary>
    public static void Run(int vectors, nint depth, float* x, float* b, nint strideB, float* start, nint stepStart, float* y)
    {
        for (; vectors >= 8; vectors -= 8)
        {
            Eight(depth, x, b, strideB, start, stepStart, y);
            b += 8 * TLanes.Count;
            start += 8 * TLanes.Count * stepStart;
            y += 8 * TLanes.Count;
        }

        for (; vectors > 0; vectors -= 4)
        {
            Four(Math.Min(vectors, 4), depth, x, b, strideB, start, stepStart, y);
            b += 4 * TLanes.Count;
            start += 4 * TLanes.Count * stepStart;
            y += 4 * TLanes.Count;
        }
    }

    /// <summary>x·B + start for a single vector.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes One(nint depth, float* x, float* b, nint strideB, float* start)
    {
        var sum = TLanes.Load(start);
        float* end = x + depth;
        for (; x <= end - 4; x += 4)
        {
            sum = TLanes.MultiplyAdd(TLanes.Load(b), x, sum);
            sum = TLanes.MultiplyAdd(TLanes.Load(b + strideB), x + 1, sum);
            sum = TLanes.MultiplyAdd(TLanes.Load(b + 2 * strideB), x + 2, sum);
            sum = TLanes.MultiplyAdd(TLanes.Load(b + 3 * strideB), x + 3, sum);
            b += 4 * strideB;
        }

        for (; x < end; x++)
        {
            sum = TLanes.MultiplyAdd(TLanes.Load(b), x, sum);
            b += strideB;
        }

        return sum;
    }

    private static void Eight(nint depth, float* x, float* b, nint strideB, float* start, nint stepStart, float* y)
    {
        nint step = TLanes.Count * stepStart;
        var left = new Quad<TLanes>(start, step, 2 * step, 3 * step);
        var right = new Quad<TLanes>(start + 4 * step, step, 2 * step, 3 * step);
        for (nint k = 0; k < depth; k++)
        {
            var element = TLanes.Broadcast(x[k]);
            left.MultiplyAdd(
                TLanes.Load(b), TLanes.Load(b + TLanes.Count), TLanes.Load(b + 2 * TLanes.Count), TLanes.Load(b + 3 * TLanes.Count), element);
            right.MultiplyAdd(
                TLanes.Load(b + 4 * TLanes.Count), TLanes.Load(b + 5 * TLanes.Count), TLanes.Load(b + 6 * TLanes.Count),
                TLanes.Load(b + 7 * TLanes.Count), element);
            b += strideB;
        }

        left.Store(y, TLanes.Count, 2 * TLanes.Count, 3 * TLanes.Count);
        right.Store(y + 4 * TLanes.Count, TLanes.Count, 2 * TLanes.Count, 3 * TLanes.Count);
    }

    /// <summary>One to four vectors; where there are fewer than four, the last one is computed more than once, which takes no longer.</summary>
    private static void Four(int vectors, nint depth, float* x, float* b, nint strideB, float* start, nint stepStart, float* y)
    {
        nint offset1 = Math.Min(1, vectors - 1) * TLanes.Count;
        nint offset2 = Math.Min(2, vectors - 1) * TLanes.Count;
        nint offset3 = (vectors - 1) * TLanes.Count;
        var sums = new Quad<TLanes>(start, offset1 * stepStart, offset2 * stepStart, offset3 * stepStart);
        for (nint k = 0; k < depth; k++)
        {
            sums.MultiplyAdd(
                TLanes.Load(b), TLanes.Load(b + offset1), TLanes.Load(b + offset2), TLanes.Load(b + offset3), TLanes.Broadcast(x[k]));
            b += strideB;
        }

        sums.Store(y, offset1, offset2, offset3);
    }
}
