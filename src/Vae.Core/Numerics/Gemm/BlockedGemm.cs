using System.Runtime.CompilerServices;
using Vae.Numerics.Simd;

namespace Vae.Numerics.Gemm;

/// <summary>
/// The loops of the matrix product around <see cref="GemmKernel{TVector}"/>: panels of B two vectors wide, and, where it pays, blocks of
/// depth whose part of a panel is copied to where it is contiguous, aligned and stays in the first-level cache.
/// </summary>
internal static unsafe class BlockedGemm<TVector>
    where TVector : unmanaged, ISimdVector<TVector>
{
    private const int BlockDepth = 256;
    private const int CacheLine = 64;

    // Below these the copying costs more than it gains. It gains more where A is transposed, whose columns and B's rows, both
    // far apart, else drive one another out of the cache.
    private const int MinRowsToCopy = 64;
    private const long MinProductsToCopy = 1 << 25;
    private const long MinProductsToCopyIfTransposed = 1 << 22;

    /// <summary>C = start + A·B; the width is the number of columns with their padding. Moves the operands.</summary>
    public static void Run(int rows, int width, int depth, ref GemmOperands operands)
    {
        long minProducts = operands.DepthStepA == 1 ? MinProductsToCopy : MinProductsToCopyIfTransposed;
        if (rows >= MinRowsToCopy && (long)rows * depth * width >= minProducts)
            RunCopied(rows, width, depth, ref operands);
        else
            RunInPlace(rows, width, depth, ref operands);
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

    [SkipLocalsInit]
    private static void RunCopied(int rows, int width, int depth, ref GemmOperands operands)
    {
        byte* scratch = stackalloc byte[BlockDepth * 2 * Padding.WidestVector * sizeof(float) + CacheLine];
        float* copy = (float*)((nint)(scratch + CacheLine - 1) & -CacheLine);
        for (int k = 0; k < depth; k += BlockDepth)
        {
            int blockDepth = Math.Min(BlockDepth, depth - k);
            var panel = operands;
            panel.B = copy;
            panel.StrideB = 2 * TVector.Count;
            int j = 0;
            for (; j <= width - 2 * TVector.Count; j += 2 * TVector.Count)
            {
                Copy(blockDepth, operands.B + j, operands.StrideB, copy);
                TwoVectors(rows, blockDepth, ref panel);
                panel.C += 2 * TVector.Count;
                panel.Start += 2 * TVector.Count * operands.ColumnStepStart;
            }

            if (j < width)
            {
                panel.B = operands.B + j;
                panel.StrideB = operands.StrideB;
                OneVector(rows, blockDepth, ref panel);
            }

            // The next block goes on from what this one has left in C.
            operands.A += BlockDepth * operands.DepthStepA;
            operands.B += BlockDepth * operands.StrideB;
            operands.Start = operands.C;
            operands.RowStepStart = operands.StrideC;
            operands.ColumnStepStart = 1;
        }
    }

    private static void Copy(nint depth, float* b, nint strideB, float* copy)
    {
        for (; depth > 0; depth--)
        {
            TVector.Load(b).Store(copy);
            TVector.Load(b + TVector.Count).Store(copy + TVector.Count);
            b += strideB;
            copy += 2 * TVector.Count;
        }
    }

    private static void TwoVectors(int rows, nint depth, ref GemmOperands operands)
    {
        int left = rows;
        if (TVector.HasManyRegisters)
        {
            for (; left > 4; left -= 8)
            {
                GemmKernel<TVector>.EightByTwo(Math.Min(left, 8), depth, operands);
                Advance(ref operands, 8);
            }
        }

        for (; left > 0; left -= 4)
        {
            GemmKernel<TVector>.FourByTwo(Math.Min(left, 4), depth, operands);
            Advance(ref operands, 4);
        }

        Advance(ref operands, left - rows);
    }

    private static void OneVector(int rows, nint depth, ref GemmOperands operands)
    {
        int left = rows;
        for (; left > 4; left -= 8)
        {
            GemmKernel<TVector>.EightByOne(Math.Min(left, 8), depth, operands);
            Advance(ref operands, 8);
        }

        if (left > 0)
            GemmKernel<TVector>.FourByOne(left, depth, operands);

        // Back to the first row: left is what of the rows was not advanced over.
        Advance(ref operands, left - rows);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Advance(ref GemmOperands operands, nint rows)
    {
        operands.A += rows * operands.RowStepA;
        operands.C += rows * operands.StrideC;
        operands.Start += rows * operands.RowStepStart;
    }
}
