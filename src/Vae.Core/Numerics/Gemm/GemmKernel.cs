using Vae.Numerics.Simd;

namespace Vae.Numerics.Gemm;

/// <summary>The innermost loops of the matrix product: a tile of C is held in registers while depth runs from first to last.</summary>
internal static unsafe class GemmKernel<TVector>
    where TVector : unmanaged, ISimdVector<TVector>
{
    /// <summary>The rows of the tallest tile: as many as two vectors wide fit the registers.</summary>
    public static int TallRows => TVector.HasManyRegisters ? 8 : 6;

    /// <summary>
    /// Five to <see cref="TallRows"/> rows, two vectors wide, in pairs. Where there are fewer than <see cref="TallRows"/>, the last pairs
    /// overlap the first two, and what they share is computed, and stored, twice.
    /// </summary>
    public static void TallByTwo(int rows, nint depth, in GemmOperands operands)
    {
        nint lower = rows + 4 - TallRows;
        float* a = operands.A;
        float* b = operands.B;
        nint rowStepA = operands.RowStepA;
        nint depthStepA = operands.DepthStepA;
        nint strideB = operands.StrideB;
        float* start = operands.Start;
        nint stepStart = operands.RowStepStart;
        var pair0 = FourAccumulators<TVector>.OfTwoRows(start, stepStart);
        var pair1 = FourAccumulators<TVector>.OfTwoRows(start + 2 * stepStart, stepStart);
        start += lower * stepStart;
        var pair2 = FourAccumulators<TVector>.OfTwoRows(start, stepStart);
        var pair3 = TVector.HasManyRegisters ? FourAccumulators<TVector>.OfTwoRows(start + 2 * stepStart, stepStart) : default;

        float* bottom = a + lower * rowStepA;
        nint step2 = 2 * rowStepA;
        nint step3 = 3 * rowStepA;
        for (; depth > 0; depth--)
        {
            var left = TVector.Load(b);
            var right = TVector.Load(b + TVector.Count);
            pair0.AddProducts(TVector.Broadcast(a[0]), TVector.Broadcast(a[rowStepA]), left, right);
            pair1.AddProducts(TVector.Broadcast(a[step2]), TVector.Broadcast(a[step3]), left, right);
            pair2.AddProducts(TVector.Broadcast(bottom[0]), TVector.Broadcast(bottom[rowStepA]), left, right);
            if (TVector.HasManyRegisters)
                pair3.AddProducts(TVector.Broadcast(bottom[step2]), TVector.Broadcast(bottom[step3]), left, right);
            a += depthStepA;
            bottom += depthStepA;
            b += strideB;
        }

        float* c = operands.C;
        nint strideC = operands.StrideC;
        pair0.StoreTwoRows(c, strideC);
        pair1.StoreTwoRows(c + 2 * strideC, strideC);
        c += lower * strideC;
        pair2.StoreTwoRows(c, strideC);
        if (TVector.HasManyRegisters) pair3.StoreTwoRows(c + 2 * strideC, strideC);
    }

    /// <summary>Five to eight rows, one vector wide. Where there are fewer than eight, the lower four overlap the upper four.</summary>
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
        var upper = FourAccumulators<TVector>.OfTwoRows(start, row1 * stepStart);
        var lower = FourAccumulators<TVector>.OfTwoRows(start + row2 * stepStart, (row3 - row2) * stepStart);

        nint step1 = row1 * rowStepA;
        nint step2 = row2 * rowStepA;
        nint step3 = row3 * rowStepA;
        for (; depth > 0; depth--)
        {
            var left = TVector.Load(b);
            var right = TVector.Load(b + TVector.Count);
            upper.AddProducts(TVector.Broadcast(a[0]), TVector.Broadcast(a[step1]), left, right);
            lower.AddProducts(TVector.Broadcast(a[step2]), TVector.Broadcast(a[step3]), left, right);
            a += depthStepA;
            b += strideB;
        }

        float* c = operands.C;
        nint strideC = operands.StrideC;
        upper.StoreTwoRows(c, row1 * strideC);
        lower.StoreTwoRows(c + row2 * strideC, (row3 - row2) * strideC);
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
