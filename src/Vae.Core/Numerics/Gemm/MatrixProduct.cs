using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Vae.Numerics.Elementwise;
using Vae.Numerics.Simd;

namespace Vae.Numerics.Gemm;

/// <summary>
/// Products of dense matrices of floats, on the calling thread.
/// </summary>
/// <remarks>
/// <para>Matrices are row-major. The stride of a matrix (the distance of its rows) is a multiple of <see cref="Padding.Lanes"/> and
/// at least <see cref="Padding.Stride"/> of its columns. The padding of B and of the bias is read, and so must be finite; the
/// padding of C is written as if it were columns: where B's padding is zero, C's becomes zero (or the bias's padding, or keeps
/// what it was when accumulating).</para>
/// <para>Every element of C is <c>start; for k = 0 … depth−1: c = a·b + c</c>, each step rounded once, whatever the tile that holds it
/// and the width of the vectors. So the result depends neither on how the rows of C are split into calls or among threads,
/// nor on the machine.</para>
/// </remarks>
internal static unsafe class MatrixProduct
{
    private static ReadOnlySpan<float> Zeros => [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];

    /// <summary>C = A·B, or C += A·B.</summary>
    /// <param name="rows">Rows of A and C.</param>
    /// <param name="columns">Columns of B and C.</param>
    /// <param name="depth">Columns of A and rows of B.</param>
    /// <param name="a">A, [rows × depth].</param>
    /// <param name="strideA">The distance of A's rows.</param>
    /// <param name="b">B, [depth × columns].</param>
    /// <param name="strideB">The distance of B's rows.</param>
    /// <param name="c">C, [rows × columns]; may not overlap A or B.</param>
    /// <param name="strideC">The distance of C's rows.</param>
    /// <param name="accumulate">Whether the product is added to what C holds.</param>
    public static void Multiply(
        int rows, int columns, int depth, ReadOnlySpan<float> a, int strideA, ReadOnlySpan<float> b, int strideB, Span<float> c, int strideC,
        bool accumulate)
    {
        Require(a, rows, depth, strideA);
        Require(b, depth, Padding.Stride(columns), strideB);
        Require(c, rows, Padding.Stride(columns), strideC);
        fixed (float* pa = a, pb = b, pc = c, zeros = Zeros)
            Dispatch(rows, columns, depth, pa, strideA, 1, pb, strideB, accumulate ? pc : zeros, accumulate ? strideC : 0, accumulate ? 1 : 0, pc, strideC);
    }

    /// <summary>C = A·B + bias, the bias being added to every row. Parameters as in <see cref="Multiply"/>.</summary>
    public static void MultiplyAddBias(
        int rows, int columns, int depth, ReadOnlySpan<float> a, int strideA, ReadOnlySpan<float> b, int strideB, ReadOnlySpan<float> bias,
        Span<float> c, int strideC)
    {
        Require(a, rows, depth, strideA);
        Require(b, depth, Padding.Stride(columns), strideB);
        Require(bias, 1, Padding.Stride(columns), Padding.Stride(columns));
        Require(c, rows, Padding.Stride(columns), strideC);
        fixed (float* pa = a, pb = b, pc = c, start = bias)
            Dispatch(rows, columns, depth, pa, strideA, 1, pb, strideB, start, 0, 1, pc, strideC);
    }

    /// <summary>
    /// C = Aᵀ·B, or C += Aᵀ·B: the gradient of weights, with A the layer's inputs and B the gradient of its outputs.
    /// </summary>
    /// <param name="rows">Columns of A and rows of C.</param>
    /// <param name="columns">Columns of B and C.</param>
    /// <param name="depth">Rows of A and B.</param>
    /// <param name="a">A, [depth × rows].</param>
    /// <param name="strideA">The distance of A's rows.</param>
    /// <param name="b">B, [depth × columns].</param>
    /// <param name="strideB">The distance of B's rows.</param>
    /// <param name="c">C, [rows × columns]; may not overlap A or B.</param>
    /// <param name="strideC">The distance of C's rows.</param>
    /// <param name="accumulate">Whether the product is added to what C holds.</param>
    public static void MultiplyTransposedLeft(
        int rows, int columns, int depth, ReadOnlySpan<float> a, int strideA, ReadOnlySpan<float> b, int strideB, Span<float> c, int strideC,
        bool accumulate)
    {
        Require(a, depth, rows, strideA);
        Require(b, depth, Padding.Stride(columns), strideB);
        Require(c, rows, Padding.Stride(columns), strideC);
        fixed (float* pa = a, pb = b, pc = c, zeros = Zeros)
            Dispatch(rows, columns, depth, pa, 1, strideA, pb, strideB, accumulate ? pc : zeros, accumulate ? strideC : 0, accumulate ? 1 : 0, pc, strideC);
    }

    /// <summary>
    /// B = Aᵀ. A product with a transposed right factor, such as the gradient of inputs dX = dY·Wᵀ, is fastest as
    /// <see cref="Multiply"/> with a transposed copy, which all calls and threads of a step can share.
    /// </summary>
    /// <param name="rows">Rows of A and columns of B.</param>
    /// <param name="columns">Columns of A and rows of B.</param>
    /// <param name="a">A, [rows × columns].</param>
    /// <param name="strideA">The distance of A's rows.</param>
    /// <param name="b">B, [columns × rows]; its padding is not written. May not overlap A.</param>
    /// <param name="strideB">The distance of B's rows.</param>
    public static void Transpose(int rows, int columns, ReadOnlySpan<float> a, int strideA, Span<float> b, int strideB)
    {
        Require(a, rows, columns, strideA);
        Require(b, columns, rows, strideB);
        fixed (float* pa = a, pb = b)
        {
            int done = Vector512.IsHardwareAccelerated ? Transposition<SimdVector512>.Run(rows, columns, pa, strideA, pb, strideB)
                : Vector256.IsHardwareAccelerated ? Transposition<SimdVector256>.Run(rows, columns, pa, strideA, pb, strideB)
                : 0;
            done += Transposition<SimdVector128>.Run(rows - done, columns, pa + (nint)done * strideA, strideA, pb + done, strideB);
            for (int i = done; i < rows; i++)
            {
                for (int j = 0; j < columns; j++)
                    pb[(nint)j * strideB + i] = pa[(nint)i * strideA + j];
            }
        }
    }

    /// <summary>y = x·W + bias for one row x: the same numbers, bit for bit, as <see cref="MultiplyAddBias"/> gives for many rows.</summary>
    /// <param name="columns">Columns of W: the length of y and of the bias, whose padding is included in the spans.</param>
    /// <param name="depth">Rows of W: the length of x.</param>
    /// <param name="x">x.</param>
    /// <param name="w">W, [depth × columns].</param>
    /// <param name="strideW">The distance of W's rows.</param>
    /// <param name="bias">The bias.</param>
    /// <param name="y">The result; may not overlap x or W.</param>
    public static void MultiplyRow(
        int columns, int depth, ReadOnlySpan<float> x, ReadOnlySpan<float> w, int strideW, ReadOnlySpan<float> bias, Span<float> y)
    {
        int width = Padding.Stride(columns);
        Require(x, 1, depth, depth);
        Require(w, depth, width, strideW);
        Require(bias, 1, width, width);
        Require(y, 1, width, width);
        fixed (float* px = x, pw = w, start = bias, py = y)
            MultiplyOneRow(width, depth, px, pw, strideW, start, 1, py);
    }

    /// <summary>sums[j] += Σᵢ a[i, j], the rows being added from first to last: the gradient of a bias.</summary>
    /// <param name="rows">Rows of A.</param>
    /// <param name="columns">Columns of A: the length of the sums, whose padding is included in the span.</param>
    /// <param name="a">A, [rows × columns].</param>
    /// <param name="strideA">The distance of A's rows.</param>
    /// <param name="sums">What the sums are added to.</param>
    public static void AddColumnSums(int rows, int columns, ReadOnlySpan<float> a, int strideA, Span<float> sums)
    {
        int width = Padding.Stride(columns);
        Require(a, rows, width, strideA);
        Require(sums, 1, width, width);
        fixed (float* pa = a, ps = sums)
        {
            if (Vector512.IsHardwareAccelerated)
                ColumnSums<SimdVector512>.Add(rows, width, pa, strideA, ps);
            else if (Vector256.IsHardwareAccelerated)
                ColumnSums<SimdVector256>.Add(rows, width, pa, strideA, ps);
            else
                ColumnSums<SimdVector128>.Add(rows, width, pa, strideA, ps);
        }
    }

    private static void Dispatch(
        int rows, int columns, int depth, float* a, nint rowStepA, nint depthStepA, float* b, nint strideB, float* start, nint stepStart,
        nint columnStepStart, float* c, nint strideC)
    {
        if (rows == 1 && depthStepA == 1)
        {
            MultiplyOneRow(Padding.Stride(columns), depth, a, b, strideB, start, columnStepStart, c);
            return;
        }

        var product = new GemmOperands(a, rowStepA, depthStepA, b, strideB, start, stepStart, columnStepStart, c, strideC);
        if (Vector512.IsHardwareAccelerated)
            BlockedGemm<SimdVector512>.Run(rows, Padding.Stride(columns), depth, ref product);
        else if (Vector256.IsHardwareAccelerated)
            BlockedGemm<SimdVector256>.Run(rows, Padding.Stride(columns), depth, ref product);
        else
            BlockedGemm<SimdVector128>.Run(rows, Padding.Stride(columns), depth, ref product);
    }

    private static void MultiplyOneRow(int width, int depth, float* x, float* b, nint strideB, float* start, nint stepStart, float* y)
    {
        if (Vector512.IsHardwareAccelerated)
            Gemv<SimdVector512>.Run(width / Vector512<float>.Count, depth, x, b, strideB, start, stepStart, y);
        else if (Vector256.IsHardwareAccelerated)
            Gemv<SimdVector256>.Run(width / Vector256<float>.Count, depth, x, b, strideB, start, stepStart, y);
        else
            Gemv<SimdVector128>.Run(width / Vector128<float>.Count, depth, x, b, strideB, start, stepStart, y);
    }

    private static void Require(ReadOnlySpan<float> matrix, int rows, int width, int stride, [CallerArgumentExpression(nameof(matrix))] string name = "")
    {
        if (rows > 0 && (width > stride || (rows - 1L) * stride + width > matrix.Length))
            Throw(rows, width, stride, matrix.Length, name);
    }

    [DoesNotReturn]
    private static void Throw(int rows, int width, int stride, int length, string name) =>
        throw new ArgumentException($"A matrix of {rows} rows of {width} floats, {stride} apart, does not fit in {length} floats.", name);
}
