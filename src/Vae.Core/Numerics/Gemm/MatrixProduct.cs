using System.Runtime.Intrinsics;
using Vae.Numerics.Simd;

namespace Vae.Numerics.Gemm;

/// <summary>
/// Products of dense matrices of floats, on the calling thread.
/// </summary>
/// <remarks>
/// <para>The strides of B and C are at least <see cref="Padding.Stride"/> of their columns. The padding of B and of the bias is read, and
/// so must be finite; the padding of C is written as if it were columns: where B's padding is zero, C's becomes zero (or the bias's
/// padding). C may not overlap A or B.</para>
/// <para>Every element of C is <c>start; for k = 0 … depth−1: c = a·b + c</c>, each step rounded once, whatever the tile that holds it
/// and the width of the vectors. So the result depends neither on how the rows of C are split into calls or among threads,
/// nor on the machine.</para>
/// <para>A product with a transposed right factor, such as the gradient of inputs dX = dY·Wᵀ, is fastest with a copy made by
/// <see cref="Transposition"/>, which all calls and threads of a step can share.</para>
/// </remarks>
internal static unsafe class MatrixProduct
{
    // Two of the widest vectors.
    private static ReadOnlySpan<float> Zeros =>
        [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];

    /// <summary>C = A·B.</summary>
    public static void Multiply(ReadOnlyMatrixView a, ReadOnlyMatrixView b, MatrixView c) => Run(a, transposed: false, b, default, c);

    /// <summary>C = A·B + bias, the bias being added to every row: the outputs of a layer.</summary>
    public static void MultiplyAddBias(ReadOnlyMatrixView a, ReadOnlyMatrixView b, ReadOnlySpan<float> bias, MatrixView c)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bias.Length, Padding.Stride(c.Columns));
        Run(a, transposed: false, b, bias, c);
    }

    /// <summary>C = Aᵀ·B: the gradient of weights, with A the layer's inputs and B the gradient of its outputs.</summary>
    public static void MultiplyTransposedLeft(ReadOnlyMatrixView a, ReadOnlyMatrixView b, MatrixView c) =>
        Run(a, transposed: true, b, default, c);

    private static void Run(ReadOnlyMatrixView a, bool transposed, ReadOnlyMatrixView b, ReadOnlySpan<float> bias, MatrixView c)
    {
        ProductObserver.Show(a, b);
        ArgumentOutOfRangeException.ThrowIfNotEqual(c.Rows, transposed ? a.Columns : a.Rows);
        ArgumentOutOfRangeException.ThrowIfNotEqual(b.Rows, transposed ? a.Rows : a.Columns);
        ArgumentOutOfRangeException.ThrowIfNotEqual(c.Columns, b.Columns);
        int width = Padding.Stride(c.Columns);
        a.RequireWidth(a.Columns, nameof(a));
        b.RequireWidth(width, nameof(b));
        ((ReadOnlyMatrixView)c).RequireWidth(width, nameof(c));
        fixed (float* pa = a.Values, pb = b.Values, start = bias.IsEmpty ? Zeros : bias, pc = c.Values)
        {
            var operands = new GemmOperands
            {
                A = pa,
                RowStepA = transposed ? 1 : a.Stride,
                DepthStepA = transposed ? a.Stride : 1,
                B = pb,
                StrideB = b.Stride,
                Start = start,
                ColumnStepStart = bias.IsEmpty ? 0 : 1,
                C = pc,
                StrideC = c.Stride,
            };
            Run(c.Rows, width, b.Rows, ref operands);
        }
    }

    private static void Run(int rows, int width, int depth, ref GemmOperands operands)
    {
        if (Vector512.IsHardwareAccelerated)
            Run<SimdVector512>(rows, width, depth, ref operands);
        else if (Vector256.IsHardwareAccelerated)
            Run<SimdVector256>(rows, width, depth, ref operands);
        else
            Run<SimdVector128>(rows, width, depth, ref operands);
    }

    private static void Run<TVector>(int rows, int width, int depth, ref GemmOperands operands)
        where TVector : unmanaged, ISimdVector<TVector>
    {
        if (rows == 1 && operands.DepthStepA == 1)
            Gemv<TVector>.Run(width / TVector.Count, depth, operands);
        else
            BlockedGemm<TVector>.Run(rows, width, depth, ref operands);
    }
}
