using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Vae.Numerics;

/// <summary>Transposition of matrices by blocks of four by four in registers.</summary>
internal static unsafe class Transposition
{
    /// <summary>The side of the blocks that are done one after another: whole cache lines of source and destination.</summary>
    private const int BlockSide = 16;

    /// <summary>destination[j, i] = source[i, j].</summary>
    public static void Run(int rows, int columns, float* source, nint strideSource, float* destination, nint strideDestination)
    {
        for (int i = 0; i < rows; i += BlockSide)
        {
            int height = Math.Min(BlockSide, rows - i);
            for (int j = 0; j < columns; j += BlockSide)
            {
                float* from = source + i * strideSource + j;
                float* to = destination + j * strideDestination + i;
                Block(height, Math.Min(BlockSide, columns - j), from, strideSource, to, strideDestination);
            }
        }
    }

    private static void Block(int rows, int columns, float* source, nint strideSource, float* destination, nint strideDestination)
    {
        int wholeRows = rows & ~3;
        int wholeColumns = columns & ~3;
        for (int j = 0; j < wholeColumns; j += 4)
        {
            for (int i = 0; i < wholeRows; i += 4)
                FourByFour(source + i * strideSource + j, strideSource, destination + j * strideDestination + i, strideDestination);
        }

        for (int i = 0; i < rows; i++)
        {
            for (int j = i < wholeRows ? wholeColumns : 0; j < columns; j++)
                destination[j * strideDestination + i] = source[i * strideSource + j];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void FourByFour(float* source, nint strideSource, float* destination, nint strideDestination)
    {
        var row0 = Vector128.Load(source);
        var row1 = Vector128.Load(source + strideSource);
        var row2 = Vector128.Load(source + 2 * strideSource);
        var row3 = Vector128.Load(source + 3 * strideSource);
        var low02 = InterleaveLow(row0, row2);
        var low13 = InterleaveLow(row1, row3);
        var high02 = InterleaveHigh(row0, row2);
        var high13 = InterleaveHigh(row1, row3);
        InterleaveLow(low02, low13).Store(destination);
        InterleaveHigh(low02, low13).Store(destination + strideDestination);
        InterleaveLow(high02, high13).Store(destination + 2 * strideDestination);
        InterleaveHigh(high02, high13).Store(destination + 3 * strideDestination);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> InterleaveLow(Vector128<float> left, Vector128<float> right)
    {
        if (Sse.IsSupported)
            return Sse.UnpackLow(left, right);

        if (AdvSimd.Arm64.IsSupported)
            return AdvSimd.Arm64.ZipLow(left, right);

        return Vector128.Create(left[0], right[0], left[1], right[1]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> InterleaveHigh(Vector128<float> left, Vector128<float> right)
    {
        if (Sse.IsSupported)
            return Sse.UnpackHigh(left, right);

        if (AdvSimd.Arm64.IsSupported)
            return AdvSimd.Arm64.ZipHigh(left, right);

        return Vector128.Create(left[2], right[2], left[3], right[3]);
    }
}
