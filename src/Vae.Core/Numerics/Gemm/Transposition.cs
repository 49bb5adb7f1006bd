using System.Runtime.CompilerServices;
using Vae.Numerics.Simd;

namespace Vae.Numerics.Gemm;

/// <summary>Transposition of matrices: in registers, four columns of as many rows as a vector has lanes at a time.</summary>
internal static unsafe class Transposition<TVector>
    where TVector : unmanaged, ISimdVector<TVector>
{
    /// <summary>So few that their rows of the destination stay in the cache until whole lines are written.</summary>
    private const int ColumnsAtOnce = 16;

    /// <summary>destination[j, i] = source[i, j] for as many rows as fill vectors; returns their number.</summary>
    public static int Run(int rows, int columns, float* source, nint strideSource, float* destination, nint strideDestination)
    {
        int done = rows - rows % TVector.Count;
        for (int j = 0; j < columns; j += ColumnsAtOnce)
        {
            int some = Math.Min(ColumnsAtOnce, columns - j);
            float* to = destination + j * strideDestination;
            for (int i = 0; i < done; i += TVector.Count)
                SomeColumns(some, source + i * strideSource + j, strideSource, to + i, strideDestination);
        }

        return done;
    }

    private static void SomeColumns(int columns, float* source, nint strideSource, float* destination, nint strideDestination)
    {
        int j = 0;
        for (; j <= columns - 4; j += 4)
            FourColumns(source + j, strideSource, destination + j * strideDestination, strideDestination);

        for (; j < columns; j++)
        {
            for (int i = 0; i < TVector.Count; i++)
                destination[j * strideDestination + i] = source[i * strideSource + j];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void FourColumns(float* source, nint strideSource, float* destination, nint strideDestination)
    {
        // The parts of row0 come from rows 0, 4, 8, 12 of the source, those of row1 from rows 1, 5, 9, 13, …
        var row0 = TVector.LoadParts(source, 4 * strideSource);
        var row1 = TVector.LoadParts(source + strideSource, 4 * strideSource);
        var row2 = TVector.LoadParts(source + 2 * strideSource, 4 * strideSource);
        var row3 = TVector.LoadParts(source + 3 * strideSource, 4 * strideSource);
        var low02 = TVector.InterleaveLow(row0, row2);
        var low13 = TVector.InterleaveLow(row1, row3);
        var high02 = TVector.InterleaveHigh(row0, row2);
        var high13 = TVector.InterleaveHigh(row1, row3);
        TVector.InterleaveLow(low02, low13).Store(destination);
        TVector.InterleaveHigh(low02, low13).Store(destination + strideDestination);
        TVector.InterleaveLow(high02, high13).Store(destination + 2 * strideDestination);
        TVector.InterleaveHigh(high02, high13).Store(destination + 3 * strideDestination);
    }
}
