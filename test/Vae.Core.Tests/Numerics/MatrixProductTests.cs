using FluentAssertions;
using Vae.Numerics;
using Vae.Numerics.Gemm;
using Xunit;

namespace Vae.Tests.Numerics;

public class MatrixProductTests
{
    public static TheoryData<int, int, int> Shapes()
    {
        var shapes = new TheoryData<int, int, int>();
        foreach (int rows in new[] { 1, 2, 3, 4, 5, 6, 7, 8, 9, 13, 31, 33 })
        {
            foreach (int columns in new[] { 1, 8, 16, 17, 32, 33, 48, 100, 128, 144 })
                shapes.Add(rows, columns, 1 + (rows * 7 + columns) % 40);
        }

        shapes.Add(0, 5, 3);
        shapes.Add(5, 5, 0);
        shapes.Add(70, 260, 530);
        shapes.Add(64, 1040, 530);
        var random = new Random(1);
        for (int i = 0; i < 40; i++)
            shapes.Add(random.Next(1, 80), random.Next(1, 300), random.Next(1, 200));
        return shapes;
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Multiply_is_the_fused_sum_in_order_of_depth(int rows, int columns, int depth)
    {
        var random = new Random(rows + 100 * columns);
        var a = new TestMatrix(rows, depth, random, padding: 3, extraStride: 16);
        var b = new TestMatrix(depth, columns, random);
        var c = new TestMatrix(rows, columns, random, extraStride: 32);

        MatrixProduct.Multiply(rows, columns, depth, a.Values, a.Stride, b.Values, b.Stride, c.Values, c.Stride, accumulate: false);

        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < Padding.Stride(columns); j++)
                c[i, j].Should().Be(j < columns ? Fused(0, depth, k => a[i, k], k => b[k, j]) : 0, "element {0}, {1}", i, j);
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Multiply_adds_to_what_is_there(int rows, int columns, int depth)
    {
        var random = new Random(rows + 100 * columns);
        var a = new TestMatrix(rows, depth, random, padding: 3);
        var b = new TestMatrix(depth, columns, random);
        var c = new TestMatrix(rows, columns, random, padding: 5);
        var before = (float[])c.Values.Clone();

        MatrixProduct.Multiply(rows, columns, depth, a.Values, a.Stride, b.Values, b.Stride, c.Values, c.Stride, accumulate: true);

        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
                c[i, j].Should().Be(Fused(before[i * c.Stride + j], depth, k => a[i, k], k => b[k, j]));

            for (int j = columns; j < c.Stride; j++)
                c[i, j].Should().Be(5, "B's padding is zero");
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void MultiplyAddBias_starts_from_the_bias(int rows, int columns, int depth)
    {
        var random = new Random(rows + 100 * columns);
        var a = new TestMatrix(rows, depth, random, padding: 3);
        var b = new TestMatrix(depth, columns, random);
        var bias = new TestMatrix(1, columns, random);
        var c = new TestMatrix(rows, columns, random);

        MatrixProduct.MultiplyAddBias(
            rows, columns, depth, a.Values, a.Stride, b.Values, b.Stride, bias.Values, c.Values, c.Stride);

        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
                c[i, j].Should().Be(Fused(bias[0, j], depth, k => a[i, k], k => b[k, j]));
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void MultiplyTransposedLeft_runs_over_the_rows_of_both(int rows, int columns, int depth)
    {
        var random = new Random(rows + 100 * columns);
        var a = new TestMatrix(depth, rows, random, padding: 3);
        var b = new TestMatrix(depth, columns, random);
        var c = new TestMatrix(rows, columns, random);
        var sum = new TestMatrix(rows, columns, random);
        var before = (float[])sum.Values.Clone();

        MatrixProduct.MultiplyTransposedLeft(
            rows, columns, depth, a.Values, a.Stride, b.Values, b.Stride, c.Values, c.Stride, accumulate: false);
        MatrixProduct.MultiplyTransposedLeft(
            rows, columns, depth, a.Values, a.Stride, b.Values, b.Stride, sum.Values, sum.Stride, accumulate: true);

        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
            {
                c[i, j].Should().Be(Fused(0, depth, k => a[k, i], k => b[k, j]));
                sum[i, j].Should().Be(Fused(before[i * sum.Stride + j], depth, k => a[k, i], k => b[k, j]));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void MultiplyRow_gives_the_bits_of_a_row_among_many(int rows, int columns, int depth)
    {
        var random = new Random(rows + 100 * columns);
        var x = new TestMatrix(rows, depth, random);
        var w = new TestMatrix(depth, columns, random);
        var bias = new TestMatrix(1, columns, random);
        var y = new TestMatrix(rows, columns, random);
        MatrixProduct.MultiplyAddBias(
            rows, columns, depth, x.Values, x.Stride, w.Values, w.Stride, bias.Values, y.Values, y.Stride);

        var row = new float[Padding.Stride(columns)];
        for (int i = 0; i < rows; i++)
        {
            MatrixProduct.MultiplyRow(columns, depth, x.From(i)[..depth], w.Values, w.Stride, bias.Values, row);
            row.Should().Equal(y.From(i)[..row.Length].ToArray());
        }
    }

    [Theory]
    [InlineData(30, 40, 50)]
    [InlineData(17, 100, 13)]
    [InlineData(64, 1040, 530)]
    public void Rows_are_the_same_bits_however_they_are_split(int rows, int columns, int depth)
    {
        var random = new Random(1);
        var a = new TestMatrix(rows, depth, random);
        var b = new TestMatrix(depth, columns, random);
        var whole = new TestMatrix(rows, columns, random);
        MatrixProduct.Multiply(rows, columns, depth, a.Values, a.Stride, b.Values, b.Stride, whole.Values, whole.Stride, accumulate: false);

        for (int split = 1; split < rows; split++)
        {
            var parts = new TestMatrix(rows, columns, random);
            MatrixProduct.Multiply(split, columns, depth, a.Values, a.Stride, b.Values, b.Stride, parts.Values, parts.Stride, accumulate: false);
            MatrixProduct.Multiply(
                rows - split, columns, depth, a.From(split), a.Stride, b.Values, b.Stride, parts.From(split), parts.Stride, accumulate: false);
            parts.Values.AsSpan().SequenceEqual(whole.Values).Should().BeTrue("split at {0}", split);
        }
    }

    [Theory]
    [InlineData(30, 40, 50)]
    [InlineData(100, 256, 300)]
    public void Rows_of_a_transposed_product_are_the_same_bits_however_they_are_split(int rows, int columns, int depth)
    {
        var random = new Random(1);
        var a = new TestMatrix(depth, rows, random);
        var b = new TestMatrix(depth, columns, random);
        var whole = new TestMatrix(rows, columns, random);
        MatrixProduct.MultiplyTransposedLeft(
            rows, columns, depth, a.Values, a.Stride, b.Values, b.Stride, whole.Values, whole.Stride, accumulate: false);

        for (int split = 1; split < rows; split++)
        {
            var parts = new TestMatrix(rows, columns, random);
            MatrixProduct.MultiplyTransposedLeft(
                split, columns, depth, a.Values, a.Stride, b.Values, b.Stride, parts.Values, parts.Stride, accumulate: false);
            MatrixProduct.MultiplyTransposedLeft(
                rows - split, columns, depth, a.Values.AsSpan(split), a.Stride, b.Values, b.Stride, parts.From(split), parts.Stride, accumulate: false);
            parts.Values.AsSpan().SequenceEqual(whole.Values).Should().BeTrue("split at {0}", split);
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Transpose_exchanges_rows_and_columns_and_leaves_the_padding(int rows, int columns, int extra)
    {
        var random = new Random(rows + 100 * columns);
        var a = new TestMatrix(rows, columns, random, padding: 3, extraStride: 16 * (extra % 2));
        var b = new TestMatrix(columns, rows, random, padding: 7);

        MatrixProduct.Transpose(rows, columns, a.Values, a.Stride, b.Values, b.Stride);

        for (int j = 0; j < columns; j++)
        {
            for (int i = 0; i < b.Stride; i++)
                b[j, i].Should().Be(i < rows ? a[i, j] : 7);
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void AddColumnSums_adds_the_rows_in_order(int rows, int columns, int extra)
    {
        var random = new Random(extra);
        var a = new TestMatrix(rows, columns, random);
        var sums = new TestMatrix(1, columns, random);
        var before = (float[])sums.Values.Clone();

        MatrixProduct.AddColumnSums(rows, columns, a.Values, a.Stride, sums.Values);

        for (int j = 0; j < columns; j++)
        {
            float expected = before[j];
            for (int i = 0; i < rows; i++)
                expected += a[i, j];

            sums[0, j].Should().Be(expected);
        }
    }

    [Fact]
    public void A_matrix_that_does_not_fit_is_refused()
    {
        var act = () => MatrixProduct.Multiply(2, 17, 3, new float[32], 16, new float[96], 32, new float[63], 32, accumulate: false);

        act.Should().Throw<ArgumentException>().WithParameterName("c").WithMessage("*2 rows of 32 floats, 32 apart*63 floats*");
    }

    private static float Fused(float start, int depth, Func<int, float> a, Func<int, float> b)
    {
        for (int k = 0; k < depth; k++)
            start = MathF.FusedMultiplyAdd(a(k), b(k), start);

        return start;
    }
}
