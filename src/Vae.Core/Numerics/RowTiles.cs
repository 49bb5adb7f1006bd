using System.Runtime.CompilerServices;

namespace Vae.Numerics;

/// <summary>
/// The innermost loops of the matrix product: a tile of C is held in registers while depth runs from first to last.
/// </summary>
/// <remarks>
/// The element (i, k) of A is at <c>a[i * rowStepA + k * depthStepA]</c>, so that A and its transpose share one loop.
/// A tile may have fewer rows than its name says: the missing rows repeat the last one, whose result is then stored
/// more than once. This costs nothing, as the time of a low tile is bound by the latency of the additions.
/// C starts from <c>start[i * stepStart + j]</c>: from a row of zeros or biases (step 0), or from C itself.
/// </remarks>
internal static unsafe class RowTiles<TLanes>
    where TLanes : unmanaged, ILanes<TLanes>
{
    /// <summary>Five to eight rows, two vectors wide.</summary>
    public static void EightByTwo(
        int rows, nint depth, float* a, nint rowStepA, nint depthStepA, float* b, nint strideB, float* start, nint stepStart, float* c, nint strideC)
    {
        nint lastFour = rows - 5;
        Offsets(3, rowStepA, out nint a1, out nint a2, out nint a3);
        Offsets(lastFour, rowStepA, out nint a5, out nint a6, out nint a7);
        nint a4 = 4 * rowStepA;
        a5 += a4;
        a6 += a4;
        a7 += a4;

        var topLeft = new Quad<TLanes>(start, 3, stepStart);
        var topRight = new Quad<TLanes>(start + TLanes.Count, 3, stepStart);
        var bottomLeft = new Quad<TLanes>(start + 4 * stepStart, lastFour, stepStart);
        var bottomRight = new Quad<TLanes>(start + 4 * stepStart + TLanes.Count, lastFour, stepStart);

        for (nint k = depth; k > 0; k--)
        {
            var left = TLanes.Load(b);
            var right = TLanes.Load(b + TLanes.Count);

            var e0 = TLanes.Broadcast(a[0]);
            var e1 = TLanes.Broadcast(a[a1]);
            var e2 = TLanes.Broadcast(a[a2]);
            var e3 = TLanes.Broadcast(a[a3]);
            topLeft.MultiplyAdd(e0, e1, e2, e3, left);
            topRight.MultiplyAdd(e0, e1, e2, e3, right);

            e0 = TLanes.Broadcast(a[a4]);
            e1 = TLanes.Broadcast(a[a5]);
            e2 = TLanes.Broadcast(a[a6]);
            e3 = TLanes.Broadcast(a[a7]);
            bottomLeft.MultiplyAdd(e0, e1, e2, e3, left);
            bottomRight.MultiplyAdd(e0, e1, e2, e3, right);

            a += depthStepA;
            b += strideB;
        }

        topLeft.Store(c, 3, strideC);
        topRight.Store(c + TLanes.Count, 3, strideC);
        bottomLeft.Store(c + 4 * strideC, lastFour, strideC);
        bottomRight.Store(c + 4 * strideC + TLanes.Count, lastFour, strideC);
    }

    /// <summary>One to four rows, two vectors wide.</summary>
    public static void FourByTwo(
        int rows, nint depth, float* a, nint rowStepA, nint depthStepA, float* b, nint strideB, float* start, nint stepStart, float* c, nint strideC)
    {
        nint last = rows - 1;
        Offsets(last, rowStepA, out nint a1, out nint a2, out nint a3);
        var left = new Quad<TLanes>(start, last, stepStart);
        var right = new Quad<TLanes>(start + TLanes.Count, last, stepStart);

        for (nint k = depth; k > 0; k--)
        {
            var e0 = TLanes.Broadcast(a[0]);
            var e1 = TLanes.Broadcast(a[a1]);
            var e2 = TLanes.Broadcast(a[a2]);
            var e3 = TLanes.Broadcast(a[a3]);
            left.MultiplyAdd(e0, e1, e2, e3, TLanes.Load(b));
            right.MultiplyAdd(e0, e1, e2, e3, TLanes.Load(b + TLanes.Count));
            a += depthStepA;
            b += strideB;
        }

        left.Store(c, last, strideC);
        right.Store(c + TLanes.Count, last, strideC);
    }

    /// <summary>Five to eight rows, one vector wide.</summary>
    public static void EightByOne(
        int rows, nint depth, float* a, nint rowStepA, nint depthStepA, float* b, nint strideB, float* start, nint stepStart, float* c, nint strideC)
    {
        nint lastFour = rows - 5;
        Offsets(3, rowStepA, out nint a1, out nint a2, out nint a3);
        Offsets(lastFour, rowStepA, out nint a5, out nint a6, out nint a7);
        nint a4 = 4 * rowStepA;
        a5 += a4;
        a6 += a4;
        a7 += a4;
        var top = new Quad<TLanes>(start, 3, stepStart);
        var bottom = new Quad<TLanes>(start + 4 * stepStart, lastFour, stepStart);

        for (nint k = depth; k > 0; k--)
        {
            var row = TLanes.Load(b);
            top.MultiplyAdd(TLanes.Broadcast(a[0]), TLanes.Broadcast(a[a1]), TLanes.Broadcast(a[a2]), TLanes.Broadcast(a[a3]), row);
            bottom.MultiplyAdd(TLanes.Broadcast(a[a4]), TLanes.Broadcast(a[a5]), TLanes.Broadcast(a[a6]), TLanes.Broadcast(a[a7]), row);
            a += depthStepA;
            b += strideB;
        }

        top.Store(c, 3, strideC);
        bottom.Store(c + 4 * strideC, lastFour, strideC);
    }

    /// <summary>One to four rows, one vector wide.</summary>
    public static void FourByOne(
        int rows, nint depth, float* a, nint rowStepA, nint depthStepA, float* b, nint strideB, float* start, nint stepStart, float* c, nint strideC)
    {
        nint last = rows - 1;
        Offsets(last, rowStepA, out nint a1, out nint a2, out nint a3);
        var tile = new Quad<TLanes>(start, last, stepStart);

        for (nint k = depth; k > 0; k--)
        {
            tile.MultiplyAdd(
                TLanes.Broadcast(a[0]), TLanes.Broadcast(a[a1]), TLanes.Broadcast(a[a2]), TLanes.Broadcast(a[a3]), TLanes.Load(b));
            a += depthStepA;
            b += strideB;
        }

        tile.Store(c, last, strideC);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Offsets(nint last, nint step, out nint row1, out nint row2, out nint row3)
    {
        row1 = Math.Min(1, last) * step;
        row2 = Math.Min(2, last) * step;
        row3 = last * step;
    }
}
