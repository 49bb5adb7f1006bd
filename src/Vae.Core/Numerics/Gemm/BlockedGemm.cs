using System.Buffers;
using System.Runtime.CompilerServices;
using Vae.Numerics.Simd;

namespace Vae.Numerics.Gemm;

/// <summary>
/// The loops of the matrix product around <see cref="GemmKernel{TVector}"/>: panels of B two vectors wide, and, where it pays, blocks
/// whose parts of A and B are packed: copied to where they are contiguous, aligned and stay in the caches.
/// </summary>
internal static unsafe class BlockedGemm<TVector>
    where TVector : unmanaged, ISimdVector<TVector>
{
    // Below these the packing costs more than it gains. It gains more where A is transposed, whose columns and B's rows, both
    // far apart, else drive one another out of the cache.
    private const int MinRowsToPack = 64;
    private const long MinProductsToPack = 1 << 25;
    private const long MinProductsToPackIfTransposed = 1 << 22;

    private static readonly GemmBlocking Blocking = GemmBlocking.Of(CacheSizes.Own, TVector.Count, TileRows);

    private static int TileRows => GemmKernel<TVector>.TallRows;

    /// <summary>C = start + A·B; the width is the number of columns with their padding. Moves the operands.</summary>
    public static void Run(int rows, int width, int depth, ref GemmOperands operands)
    {
        operands.TileStepA = TileRows * operands.RowStepA;
        long minProducts = operands.DepthStepA == 1 ? MinProductsToPack : MinProductsToPackIfTransposed;
        if (rows >= MinRowsToPack && (long)rows * depth * width >= minProducts)
            RunPacked(rows, width, depth, Blocking, ref operands);
        else
            RunInPlace(rows, width, depth, ref operands);
    }

    /// <summary>The same in blocks of a given size.</summary>
    internal static void RunPacked(int rows, int width, int depth, GemmBlocking blocking, ref GemmOperands operands)
    {
        int panelLength = Math.Min(blocking.Depth, depth) * 2 * TVector.Count;
        int blockLength = Math.Min(blocking.Depth, depth) * Math.Min(blocking.Rows, rows + TileRows);
        float[] scratch = ArrayPool<float>.Shared.Rent(panelLength + blockLength + AlignedFloats.Reserve);
        fixed (float* start = scratch)
        {
            float* panel = AlignedFloats.RoundUp(start);
            for (int k = 0; k < depth; k += blocking.Depth)
            {
                int blockDepth = Math.Min(blocking.Depth, depth - k);
                for (int i = 0; i < rows; i += blocking.Rows)
                    RunBlock(Math.Min(blocking.Rows, rows - i), width, blockDepth, i, operands, panel, panel + panelLength);

                // The next block goes on from what this one has left in C.
                operands.A += blockDepth * operands.DepthStepA;
                operands.B += blockDepth * operands.StrideB;
                operands.Start = operands.C;
                operands.RowStepStart = operands.StrideC;
                operands.ColumnStepStart = 1;
            }
        }

        ArrayPool<float>.Shared.Return(scratch);
    }

    private static void RunInPlace(int rows, int width, int depth, ref GemmOperands operands)
    {
        for (; width >= 2 * TVector.Count; width -= 2 * TVector.Count)
        {
            TwoVectors(rows, depth, ref operands);
            operands.B += 2 * TVector.Count;
            operands.C += 2 * TVector.Count;
            operands.Start += 2 * TVector.Count * operands.ColumnStepStart;
        }

        if (width > 0)
            OneVector(rows, depth, ref operands);
    }

    private static void RunBlock(int rows, int width, int depth, int firstRow, GemmOperands operands, float* panel, float* block)
    {
        operands.A += firstRow * operands.RowStepA;
        operands.C += firstRow * operands.StrideC;
        operands.Start += firstRow * operands.RowStepStart;
        PackA(rows, depth, operands, block);
        var packed = operands;
        packed.A = block;
        packed.RowStepA = 1;
        packed.DepthStepA = TileRows;
        packed.TileStepA = depth * TileRows;
        packed.B = panel;
        packed.StrideB = 2 * TVector.Count;
        int j = 0;
        for (; j <= width - 2 * TVector.Count; j += 2 * TVector.Count)
        {
            PackB(depth, operands.B + j, operands.StrideB, panel);
            TwoVectors(rows, depth, ref packed);
            packed.C += 2 * TVector.Count;
            packed.Start += 2 * TVector.Count * operands.ColumnStepStart;
        }

        if (j == width) return;
        operands.B += j;
        operands.C = packed.C;
        operands.Start = packed.Start;
        OneVector(rows, depth, ref operands);
    }

    /// <summary>Tile after tile of A, each with its rows side by side: the element (i, k) of a tile is at [k·TileRows + i].</summary>
    private static void PackA(int rows, int depth, in GemmOperands operands, float* block)
    {
        for (int i = 0; i < rows; i += TileRows)
        {
            int some = Math.Min(TileRows, rows - i);
            float* tile = operands.A + i * operands.RowStepA;
            if (operands.DepthStepA != 1)
                PackColumns(some, depth, tile, operands.DepthStepA, block);
            else
                Transposition.Run(some, depth, tile, operands.RowStepA, block, TileRows);
            block += depth * TileRows;
        }
    }

    private static void PackColumns(int rows, int depth, float* columns, nint stride, float* tile)
    {
        for (int k = 0; k < depth; k++)
        {
            int i = 0;
            for (; i <= rows - SimdVector128.Count; i += SimdVector128.Count)
                SimdVector128.Load(columns + i).Store(tile + i);
            for (; i < rows; i++)
                tile[i] = columns[i];
            columns += stride;
            tile += TileRows;
        }
    }

    private static void PackB(nint depth, float* b, nint strideB, float* panel)
    {
        for (; depth > 0; depth--)
        {
            TVector.Load(b).Store(panel);
            TVector.Load(b + TVector.Count).Store(panel + TVector.Count);
            b += strideB;
            panel += 2 * TVector.Count;
        }
    }

    private static void TwoVectors(int rows, nint depth, ref GemmOperands operands)
    {
        float* a = operands.A;
        int left = rows;
        for (; left > 4; left -= TileRows)
        {
            GemmKernel<TVector>.TallByTwo(Math.Min(left, TileRows), depth, operands);
            operands.A += operands.TileStepA;
            Advance(ref operands, TileRows);
        }

        if (left > 0)
            GemmKernel<TVector>.FourByTwo(left, depth, operands);

        // Back to the first row: left is what of the rows was not advanced over.
        operands.A = a;
        Advance(ref operands, left - rows);
    }

    private static void OneVector(int rows, nint depth, ref GemmOperands operands)
    {
        float* a = operands.A;
        int left = rows;
        for (; left > 4; left -= 8)
        {
            GemmKernel<TVector>.EightByOne(Math.Min(left, 8), depth, operands);
            operands.A += 8 * operands.RowStepA;
            Advance(ref operands, 8);
        }

        if (left > 0)
            GemmKernel<TVector>.FourByOne(left, depth, operands);

        operands.A = a;
        Advance(ref operands, left - rows);
    }

    /// <summary>Moves C and what it starts from.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Advance(ref GemmOperands operands, nint rows)
    {
        operands.C += rows * operands.StrideC;
        operands.Start += rows * operands.RowStepStart;
    }
}
