using System.Runtime.CompilerServices;

namespace Vae.Numerics;

/// <summary>Transposition of matrices: in registers, four columns of as many rows as a vector has lanes at a time.</summary>
internal static unsafe class Transposition<TLanes>
    where TLanes : unmanaged, ILanes<TLanes>
{
    /// <summary>So few that their rows of the destination stay in the cache until whole lines are written.</summary>
    private const int ColumnsAtOnce = 16;

    /// <summary>destination[j, i] = source[i, j] for as many rows as fill vectors; returns their number.</summary>
    public static int Run(int rows, int columns, float* source, nint strideSource, float* destination, nint strideDestination)
    {
        int done = rows - rows % TLanes.Count;
        for (int j = 0; j < columns; j += ColumnsAtOnce)
        {
            int some = Math.Min(ColumnsAtOnce, columns - j);
            float* to = destination + j * strideDestination;
            for (int i = 0; i < done; i += TLanes.Count)
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
            for (int i = 0; i < TLanes.Count; i++)
                destination[j * strideDestination + i] = source[i * strideSource + j];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void FourColumns(float* source, nint strideSource, float* destination, nint strideDestination)
    {
        // The parts of row0 come from rows 0, 4, 8, 12 of the source, those of row1 from rows 1, 5, 9, 13, …
        var row0 = TLanes.LoadParts(source, 4 * strideSource);
        var row1 = TLanes.LoadParts(source + strideSource, 4 * strideSource);
        var row2 = TLanes.LoadParts(source + 2 * strideSource, 4 * strideSource);
        var row3 = TLanes.LoadParts(source + 3 * strideSource, 4 * strideSource);
        var low02 = TLanes.InterleaveLow(row0, row2);
        var low13 = TLanes.InterleaveLow(row1, row3);
        var high02 = TLanes.InterleaveHigh(row0, row2);
        var high13 = TLanes.InterleaveHigh(row1, row3);
        TLanes.InterleaveLow(low02, low13).Store(destination);
        TLanes.InterleaveHigh(low02, low13).Store(destination + strideDestination);
        TLanes.InterleaveLow(high02, high13).Store(destination + 2 * strideDestination);
        TLanes.InterleaveHigh(high02, high13).Store(destination + 3 * strideDestination);
    }
}
