using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Vae.Numerics.Simd;

namespace Vae.Numerics.Gemm;

/// <summary>Transposition of matrices: in registers, four columns of as many rows as a vector has elements at a time.</summary>
internal static unsafe class Transposition
{
    /// <summary>So few that their rows of the destination stay in the cache until whole lines are written.</summary>
    private const int ColumnsAtOnce = 16;

    /// <summary>destination[j, i] = source[i, j]. The destination's padding is not written. The two may not overlap.</summary>
    public static void Run(ReadOnlyMatrixView source, MatrixView destination)
    {
        int rows = source.Rows;
        int columns = source.Columns;
        int stride = source.Stride;
        int strideTo = destination.Stride;
        ArgumentOutOfRangeException.ThrowIfNotEqual(destination.Rows, columns);
        ArgumentOutOfRangeException.ThrowIfNotEqual(destination.Columns, rows);
        source.RequireWidth(columns, nameof(source));
        ((ReadOnlyMatrixView)destination).RequireWidth(rows, nameof(destination));
        fixed (float* from = source.Values, to = destination.Values)
        {
            Run(rows, columns, from, stride, to, strideTo);
        }
    }

    /// <summary>The same, of matrices that are given by their first elements and strides.</summary>
    internal static void Run(int rows, int columns, float* source, nint strideSource, float* destination, nint strideDestination)
    {
        int done = Vector512.IsHardwareAccelerated ? Run<SimdVector512>(rows, columns, source, strideSource, destination, strideDestination)
            : Vector256.IsHardwareAccelerated ? Run<SimdVector256>(rows, columns, source, strideSource, destination, strideDestination)
            : 0;
        done += Run<SimdVector128>(
            rows - done, columns, source + done * strideSource, strideSource, destination + done, strideDestination);
        for (int i = done; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
                destination[j * strideDestination + i] = source[i * strideSource + j];
        }
    }

    // Not inlined: two widths inlined into one method make a small matrix slower.
    /// <summary>The same with vectors of a given width, for as many rows as fill them; returns their number.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static int Run<TVector>(
        int rows, int columns, float* source, nint strideSource, float* destination, nint strideDestination)
        where TVector : unmanaged, ISimdVector<TVector>
    {
        int done = rows - rows % TVector.Count;
        for (int j = 0; j < columns; j += ColumnsAtOnce)
        {
            int some = Math.Min(ColumnsAtOnce, columns - j);
            float* to = destination + j * strideDestination;
            for (int i = 0; i < done; i += TVector.Count)
                SomeColumns<TVector>(some, source + i * strideSource + j, strideSource, to + i, strideDestination);
        }

        return done;
    }

    private static void SomeColumns<TVector>(int columns, float* source, nint strideSource, float* destination, nint strideDestination)
        where TVector : unmanaged, ISimdVector<TVector>
    {
        int j = 0;
        for (; j <= columns - 4; j += 4)
            FourColumns<TVector>(source + j, strideSource, destination + j * strideDestination, strideDestination);

        for (; j < columns; j++)
        {
            for (int i = 0; i < TVector.Count; i++)
                destination[j * strideDestination + i] = source[i * strideSource + j];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void FourColumns<TVector>(float* source, nint strideSource, float* destination, nint strideDestination)
        where TVector : unmanaged, ISimdVector<TVector>
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
