using System.Runtime.CompilerServices;
using Vae.Numerics.Simd;

namespace Vae.Numerics.Gemm;

/// <summary>The product of one row and a matrix: up to eight vectors side by side, to hide the latency of the additions.</summary>
internal static unsafe class Gemv<TVector>
    where TVector : unmanaged, ISimdVector<TVector>
{
    /// <summary>C = A·B + start for the only row of A.</summary>
    public static void Run(int vectors, nint depth, in GemmOperands operands) =>
        Run(vectors, depth, operands.A, operands.B, operands.StrideB, operands.Start, operands.ColumnStepStart, operands.C);

    /// <summary>y = x·B + start for a number of vectors.</summary>
    public static void Run(int vectors, nint depth, float* x, float* b, nint strideB, float* start, nint stepStart, float* y)
    {
        for (; vectors >= 8; vectors -= 8)
        {
            Eight(depth, x, b, strideB, start, stepStart, y);
            b += 8 * TVector.Count;
            start += 8 * TVector.Count * stepStart;
            y += 8 * TVector.Count;
        }

        for (; vectors > 0; vectors -= 4)
        {
            Four(Math.Min(vectors, 4), depth, x, b, strideB, start, stepStart, y);
            b += 4 * TVector.Count;
            start += 4 * TVector.Count * stepStart;
            y += 4 * TVector.Count;
        }
    }

    /// <summary>x·B + start for a single vector.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector One(nint depth, float* x, float* b, nint strideB, float* start)
    {
        var sum = TVector.Load(start);
        float* end = x + depth;
        for (; x <= end - 4; x += 4)
        {
            TVector.AddProduct(ref sum, TVector.Load(b), x);
            TVector.AddProduct(ref sum, TVector.Load(b + strideB), x + 1);
            TVector.AddProduct(ref sum, TVector.Load(b + 2 * strideB), x + 2);
            TVector.AddProduct(ref sum, TVector.Load(b + 3 * strideB), x + 3);
            b += 4 * strideB;
        }

        for (; x < end; x++)
        {
            TVector.AddProduct(ref sum, TVector.Load(b), x);
            b += strideB;
        }

        return sum;
    }

    private static void Eight(nint depth, float* x, float* b, nint strideB, float* start, nint stepStart, float* y)
    {
        nint step = TVector.Count * stepStart;
        var left = new FourAccumulators<TVector>(start, step, 2 * step, 3 * step);
        var right = new FourAccumulators<TVector>(start + 4 * step, step, 2 * step, 3 * step);
        for (nint k = 0; k < depth; k++)
        {
            var element = TVector.Broadcast(x[k]);
            left.AddProducts(
                TVector.Load(b), TVector.Load(b + TVector.Count), TVector.Load(b + 2 * TVector.Count),
                TVector.Load(b + 3 * TVector.Count), element);
            right.AddProducts(
                TVector.Load(b + 4 * TVector.Count), TVector.Load(b + 5 * TVector.Count), TVector.Load(b + 6 * TVector.Count),
                TVector.Load(b + 7 * TVector.Count), element);
            b += strideB;
        }

        left.Store(y, TVector.Count, 2 * TVector.Count, 3 * TVector.Count);
        right.Store(y + 4 * TVector.Count, TVector.Count, 2 * TVector.Count, 3 * TVector.Count);
    }

    /// <summary>One to four vectors; of fewer than four, the last one is computed more than once, which takes no longer.</summary>
    private static void Four(int vectors, nint depth, float* x, float* b, nint strideB, float* start, nint stepStart, float* y)
    {
        nint offset1 = Math.Min(1, vectors - 1) * TVector.Count;
        nint offset2 = Math.Min(2, vectors - 1) * TVector.Count;
        nint offset3 = (vectors - 1) * TVector.Count;
        var sums = new FourAccumulators<TVector>(start, offset1 * stepStart, offset2 * stepStart, offset3 * stepStart);
        for (nint k = 0; k < depth; k++)
        {
            sums.AddProducts(
                TVector.Load(b), TVector.Load(b + offset1), TVector.Load(b + offset2), TVector.Load(b + offset3), TVector.Broadcast(x[k]));
            b += strideB;
        }

        sums.Store(y, offset1, offset2, offset3);
    }
}
