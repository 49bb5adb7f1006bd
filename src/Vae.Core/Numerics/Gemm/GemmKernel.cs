using Vae.Numerics.Simd;

namespace Vae.Numerics.Gemm;

/// <summary>The innermost loops of the matrix product: a tile of C is held in registers while depth runs from first to last.</summary>
internal static unsafe class GemmKernel<TVector>
    where TVector : unmanaged, ISimdVector<TVector>
{
    /// <summary>
    /// Five to eight rows, two vectors wide. Where there are fewer than eight, the lower four overlap the upper four, and what they share
    /// is computed, and stored, twice.
    /// </summary>
    public static void EightByTwo(int rows, nint depth, in GemmOperands operands)
    {
        nint lower = rows - 4;
        float* a = operands.A;
        float* b = operands.B;
        nint rowStepA = operands.RowStepA;
        nint depthStepA = operands.DepthStepA;
        nint strideB = operands.StrideB;
        float* start = operands.Start;
        nint stepStart = operands.RowStepStart;
        var topLeft = new FourAccumulators<TVector>(start, stepStart, 2 * stepStart, 3 * stepStart);
        var topRight = new FourAccumulators<TVector>(start + TVector.Count, stepStart, 2 * stepStart, 3 * stepStart);
        start += lower * stepStart;
        var bottomLeft = new FourAccumulators<TVector>(start, stepStart, 2 * stepStart, 3 * stepStart);
        var bottomRight = new FourAccumulators<TVector>(start + TVector.Count, stepStart, 2 * stepStart, 3 * stepStart);

        float* bottom = a + lower * rowStepA;
        nint step2 = 2 * rowStepA;
        nint step3 = 3 * rowStepA;
        for (; depth > 0; depth--)
        {
            var left = TVector.Load(b);
            var right = TVector.Load(b + TVector.Count);

            var a0 = TVector.Broadcast(a[0]);
            var a1 = TVector.Broadcast(a[rowStepA]);
            var a2 = TVector.Broadcast(a[step2]);
            var a3 = TVector.Broadcast(a[step3]);
            topLeft.AddProducts(a0, a1, a2, a3, left);
            topRight.AddProducts(a0, a1, a2, a3, right);

            a0 = TVector.Broadcast(bottom[0]);
            a1 = TVector.Broadcast(bottom[rowStepA]);
            a2 = TVector.Broadcast(bottom[step2]);
            a3 = TVector.Broadcast(bottom[step3]);
            bottomLeft.AddProducts(a0, a1, a2, a3, left);
            bottomRight.AddProducts(a0, a1, a2, a3, right);

            a += depthStepA;
            bottom += depthStepA;
            b += strideB;
        }

        float* c = operands.C;
        nint strideC = operands.StrideC;
        topLeft.Store(c, strideC, 2 * strideC, 3 * strideC);
        topRight.Store(c + TVector.Count, strideC, 2 * strideC, 3 * strideC);
        c += lower * strideC;
        bottomLeft.Store(c, strideC, 2 * strideC, 3 * strideC);
        bottomRight.Store(c + TVector.Count, strideC, 2 * strideC, 3 * strideC);
    }

    /// <summary>Five to eight rows, one vector wide, as <see cref="EightByTwo"/>.</summary>
    public static void EightByOne(int rows, nint depth, in GemmOperands operands)
    {
        nint lower = rows - 4;
        float* a = operands.A;
        float* b = operands.B;
        nint rowStepA = operands.RowStepA;
        nint depthStepA = operands.DepthStepA;
        nint strideB = operands.StrideB;
        float* start = operands.Start;
        nint stepStart = operands.RowStepStart;
        var top = new FourAccumulators<TVector>(start, stepStart, 2 * stepStart, 3 * stepStart);
        start += lower * stepStart;
        var bottom = new FourAccumulators<TVector>(start, stepStart, 2 * stepStart, 3 * stepStart);

        float* a4 = a + lower * rowStepA;
        nint step2 = 2 * rowStepA;
        nint step3 = 3 * rowStepA;
        for (; depth > 0; depth--)
        {
            var row = TVector.Load(b);
            top.AddProducts(a, rowStepA, step2, step3, row);
            bottom.AddProducts(a4, rowStepA, step2, step3, row);
            a += depthStepA;
            a4 += depthStepA;
            b += strideB;
        }

        float* c = operands.C;
        nint strideC = operands.StrideC;
        top.Store(c, strideC, 2 * strideC, 3 * strideC);
        c += lower * strideC;
        bottom.Store(c, strideC, 2 * strideC, 3 * strideC);
    }

    /// <summary>
    /// One to four rows, two vectors wide. Where there are fewer than four, the last one is computed, and stored, more than once:
    /// this costs nothing, as the time of a low tile is bound by the latency of the additions.
    /// </summary>
    public static void FourByTwo(int rows, nint depth, in GemmOperands operands)
    {
        float* a = operands.A;
        float* b = operands.B;
        nint rowStepA = operands.RowStepA;
        nint depthStepA = operands.DepthStepA;
        nint strideB = operands.StrideB;
        float* start = operands.Start;
        nint stepStart = operands.RowStepStart;
        nint row1 = Math.Min(1, rows - 1);
        nint row2 = Math.Min(2, rows - 1);
        nint row3 = rows - 1;
        var left = new FourAccumulators<TVector>(start, row1 * stepStart, row2 * stepStart, row3 * stepStart);
        var right = new FourAccumulators<TVector>(start + TVector.Count, row1 * stepStart, row2 * stepStart, row3 * stepStart);

        nint step1 = row1 * rowStepA;
        nint step2 = row2 * rowStepA;
        nint step3 = row3 * rowStepA;
        for (; depth > 0; depth--)
        {
            var a0 = TVector.Broadcast(a[0]);
            var a1 = TVector.Broadcast(a[step1]);
            var a2 = TVector.Broadcast(a[step2]);
            var a3 = TVector.Broadcast(a[step3]);
            left.AddProducts(a0, a1, a2, a3, TVector.Load(b));
            right.AddProducts(a0, a1, a2, a3, TVector.Load(b + TVector.Count));
            a += depthStepA;
            b += strideB;
        }

        float* c = operands.C;
        nint strideC = operands.StrideC;
        left.Store(c, row1 * strideC, row2 * strideC, row3 * strideC);
        right.Store(c + TVector.Count, row1 * strideC, row2 * strideC, row3 * strideC);
    }

    /// <summary>One to four rows, one vector wide, as <see cref="FourByTwo"/>.</summary>
    public static void FourByOne(int rows, nint depth, in GemmOperands operands)
    {
        float* a = operands.A;
        float* b = operands.B;
        nint rowStepA = operands.RowStepA;
        nint depthStepA = operands.DepthStepA;
        nint strideB = operands.StrideB;
        float* start = operands.Start;
        nint stepStart = operands.RowStepStart;
        nint row1 = Math.Min(1, rows - 1);
        nint row2 = Math.Min(2, rows - 1);
        nint row3 = rows - 1;
        var tile = new FourAccumulators<TVector>(start, row1 * stepStart, row2 * stepStart, row3 * stepStart);

        nint step1 = row1 * rowStepA;
        nint step2 = row2 * rowStepA;
        nint step3 = row3 * rowStepA;
        for (; depth > 0; depth--)
        {
            tile.AddProducts(a, step1, step2, step3, TVector.Load(b));
            a += depthStepA;
            b += strideB;
        }

        float* c = operands.C;
        nint strideC = operands.StrideC;
        tile.Store(c, row1 * strideC, row2 * strideC, row3 * strideC);
    }
}
