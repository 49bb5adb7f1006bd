using FluentAssertions;
using Vae.Numerics;
using Vae.Numerics.Elementwise;
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

        MatrixProduct.Multiply(a.View, b.View, c.View);

        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < Padding.Stride(columns); j++)
                c[i, j].Should().Be(j < columns ? Fused(0, depth, k => a[i, k], k => b[k, j]) : 0, "element {0}, {1}", i, j);
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

        MatrixProduct.MultiplyAddBias(a.View, b.View, bias.Values, c.View);

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

        MatrixProduct.MultiplyTransposedLeft(a.View, b.View, c.View);

        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
                c[i, j].Should().Be(Fused(0, depth, k => a[k, i], k => b[k, j]));
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
        MatrixProduct.Multiply(a.View, b.View, whole.View);

        for (int split = 1; split < rows; split++)
        {
            var parts = new TestMatrix(rows, columns, random);
            MatrixProduct.Multiply(a.View.SliceRows(0, split), b.View, parts.View.SliceRows(0, split));
            MatrixProduct.Multiply(a.View.SliceRows(split, rows - split), b.View, parts.View.SliceRows(split, rows - split));
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
        MatrixProduct.MultiplyTransposedLeft(a.View, b.View, whole.View);

        for (int split = 1; split < rows; split++)
        {
            var parts = new TestMatrix(rows, columns, random);
            MatrixProduct.MultiplyTransposedLeft(a.View.SliceColumns(0, split), b.View, parts.View.SliceRows(0, split));
            MatrixProduct.MultiplyTransposedLeft(
                a.View.SliceColumns(split, rows - split), b.View, parts.View.SliceRows(split, rows - split));
            parts.Values.AsSpan().SequenceEqual(whole.Values).Should().BeTrue("split at {0}", split);
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Transposition_exchanges_rows_and_columns_and_leaves_the_padding(int rows, int columns, int extra)
    {
        var random = new Random(rows + 100 * columns);
        var a = new TestMatrix(rows, columns, random, padding: 3, extraStride: 16 * (extra % 2));
        var b = new TestMatrix(columns, rows, random, padding: 7);

        Transposition.Run(a.View, b.View);

        for (int j = 0; j < columns; j++)
        {
            for (int i = 0; i < b.Stride; i++)
                b[j, i].Should().Be(i < rows ? a[i, j] : 7);
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Column_sums_add_the_rows_in_order(int rows, int columns, int extra)
    {
        var random = new Random(extra);
        var a = new TestMatrix(rows, columns, random);
        var sums = new TestMatrix(1, columns, random);
        var before = (float[])sums.Values.Clone();

        ColumnSums.Add(a.View, sums.Values);

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
        var act = () => MatrixProduct.Multiply(
            new MatrixView(new float[32], 2, 3, 16), new MatrixView(new float[96], 3, 17, 32), new MatrixView(new float[63], 2, 17, 32));

        act.Should().Throw<ArgumentException>().WithParameterName("c").WithMessage("*2 rows of 32 floats, 32 apart*63 floats*");
    }

    [Theory]
    [InlineData(3, 5, 5, 6)]
    [InlineData(2, 4, 5, 6)]
    [InlineData(2, 5, 4, 6)]
    [InlineData(2, 5, 5, 7)]
    public void Matrices_whose_sizes_do_not_match_are_refused(int rowsOfA, int columnsOfA, int rowsOfB, int columnsOfC)
    {
        var random = new Random(1);
        var a = new TestMatrix(rowsOfA, columnsOfA, random);
        var transposed = new TestMatrix(columnsOfA, rowsOfA, random);
        var b = new TestMatrix(rowsOfB, 6, random);
        var c = new TestMatrix(2, columnsOfC, random);
        var products = new Action[]
        {
            () => MatrixProduct.Multiply(a.View, b.View, c.View),
            () => MatrixProduct.MultiplyAddBias(a.View, b.View, new float[16], c.View),
            () => MatrixProduct.MultiplyTransposedLeft(transposed.View, b.View, c.View),
        };

        foreach (var product in products)
            product.Should().Throw<ArgumentOutOfRangeException>();
    }

    private static float Fused(float start, int depth, Func<int, float> a, Func<int, float> b)
    {
        for (int k = 0; k < depth; k++)
            start = MathF.FusedMultiplyAdd(a(k), b(k), start);

        return start;
    }
}
