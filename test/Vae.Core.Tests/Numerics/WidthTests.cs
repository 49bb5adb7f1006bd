using FluentAssertions;
using Vae.Numerics;
using Vae.Numerics.Elementwise;
using Vae.Numerics.Gemm;
using Vae.Numerics.RandomNumbers;
using Vae.Numerics.Simd;
using Xunit;

namespace Vae.Tests.Numerics;

/// <summary>Vectors of 128, 256 and 512 bits give the same bits, whichever of them the machine has.</summary>
public unsafe class WidthTests
{
    [Theory]
    [InlineData(1, 16, 40)]
    [InlineData(7, 48, 30)]
    [InlineData(13, 80, 1)]
    [InlineData(29, 160, 100)]
    [InlineData(64, 1040, 530)]
    public void Products(int rows, int width, int depth)
    {
        var random = new Random(rows);
        var a = new TestMatrix(rows, depth, random);
        var b = new TestMatrix(depth, width, random);
        var c = new TestMatrix(rows, width, random);

        var narrow = Product<SimdVector128>(a, b, c);
        Product<SimdVector256>(a, b, c).Should().Equal(narrow);
        Product<SimdVector512>(a, b, c).Should().Equal(narrow);
    }

    [Theory]
    [InlineData(3, 4, 5, 1)]
    [InlineData(13, 48, 30, 1)]
    [InlineData(29, 112, 100, 2)]
    [InlineData(44, 80, 65, 5)]
    public void Packed_products_of_blocks_of_any_size(int rows, int width, int depth, int blockTiles)
    {
        var random = new Random(rows);
        var a = new TestMatrix(rows, depth, random, padding: float.NaN);
        var transposed = new TestMatrix(depth, rows, random, padding: float.NaN);
        Vae.Numerics.Gemm.Transposition.Run(a.View, transposed.View);
        var b = new TestMatrix(depth, width, random);
        var c = new TestMatrix(rows, width, random);
        var expected = Product<SimdVector128>(a, b, c);
        foreach (var (blockDepth, tiles) in new[] { (1, blockTiles), (7, blockTiles), (64, blockTiles), (512, 64) })
        {
            Product<SimdVector128>(a, b, c, blockDepth, tiles).Should().Equal(expected);
            Product<SimdVector256>(a, b, c, blockDepth, tiles).Should().Equal(expected);
            Product<SimdVector512>(a, b, c, blockDepth, tiles).Should().Equal(expected);
            Product<SimdVector128>(transposed, b, c, blockDepth, tiles, isTransposed: true).Should().Equal(expected);
            Product<SimdVector256>(transposed, b, c, blockDepth, tiles, isTransposed: true).Should().Equal(expected);
            Product<SimdVector512>(transposed, b, c, blockDepth, tiles, isTransposed: true).Should().Equal(expected);
        }
    }

    [Fact]
    public void Functions()
    {
        Compare<LogisticSigmoid>();
        Compare<HyperbolicTangent>();
        Compare<Softplus>();
        Compare<Gelu>();
        Compare<Elu>();
        Compare<LeakyRelu>();
        Compare<Relu>();
    }

    [Fact]
    public void Gradients()
    {
        CompareGradients<HyperbolicTangent>();
        CompareGradients<Softplus>();
        CompareGradients<Gelu>();
        CompareGradients<Elu>();
        CompareGradients<LeakyRelu>();
        CompareGradients<Relu>();
    }

    [Theory]
    [InlineData(16)]
    [InlineData(144)]
    public void Products_of_one_row(int width)
    {
        var random = new Random(width);
        var row = new TestMatrix(1, 37, random);
        var b = new TestMatrix(37, width, random);
        var narrow = Gemv<SimdVector128>(row, b);
        Gemv<SimdVector256>(row, b).Should().Equal(narrow);
        Gemv<SimdVector512>(row, b).Should().Equal(narrow);
    }

    [Theory]
    [InlineData(16)]
    [InlineData(144)]
    public void Column_sums(int width)
    {
        var a = new TestMatrix(23, width, new Random(width));
        var narrow = ColumnSums<SimdVector128>(a);
        ColumnSums<SimdVector256>(a).Should().Equal(narrow);
        ColumnSums<SimdVector512>(a).Should().Equal(narrow);
    }

    [Theory]
    [InlineData(64)]
    [InlineData(77)]
    public void Steps_of_Adam(int count)
    {
        var values = new TestMatrix(4, count, new Random(count));
        for (int i = 0; i < count; i++)
            values[3, i] *= values[3, i];
        var narrow = AdamStep<SimdVector128>(values);
        AdamStep<SimdVector256>(values).Should().Equal(narrow);
        AdamStep<SimdVector512>(values).Should().Equal(narrow);
    }

    [Fact]
    public void Products_with_a_number_in_memory()
    {
        ProductWithMemory<SimdVector128>();
        ProductWithMemory<SimdVector256>();
        ProductWithMemory<SimdVector512>();
    }

    [Fact]
    public void Random_numbers()
    {
        var narrow = Normals<SimdVector128>();
        Normals<SimdVector256>().Should().Equal(narrow);
        Normals<SimdVector512>().Should().Equal(narrow);
    }

    [Theory]
    [InlineData(16, 4)]
    [InlineData(32, 19)]
    public void Transposition(int rows, int columns)
    {
        var a = new TestMatrix(rows, columns, new Random(1));
        var narrow = Transposed<SimdVector128>(a);
        Transposed<SimdVector256>(a).Should().Equal(narrow);
        Transposed<SimdVector512>(a).Should().Equal(narrow);
    }

    private static float[] Product<TVector>(
        TestMatrix a, TestMatrix b, TestMatrix c, int blockDepth = 0, int tiles = 0, bool isTransposed = false)
        where TVector : unmanaged, ISimdVector<TVector>
    {
        var result = (float[])c.Values.Clone();
        fixed (float* pa = a.Values, pb = b.Values, pc = result)
        {
            var operands = new GemmOperands
            {
                A = pa,
                RowStepA = isTransposed ? 1 : a.Stride,
                DepthStepA = isTransposed ? a.Stride : 1,
                B = pb,
                StrideB = b.Stride,
                Start = pc,
                RowStepStart = c.Stride,
                ColumnStepStart = 1,
                C = pc,
                StrideC = c.Stride,
            };
            var blocking = new GemmBlocking(blockDepth, tiles * GemmKernel<TVector>.TallRows);
            if (tiles > 0)
                BlockedGemm<TVector>.RunPacked(c.Rows, c.Stride, b.Rows, blocking, ref operands);
            else
                BlockedGemm<TVector>.Run(c.Rows, c.Stride, b.Rows, ref operands);
        }

        return result;
    }

    private static float[] Gemv<TVector>(TestMatrix row, TestMatrix b)
        where TVector : unmanaged, ISimdVector<TVector>
    {
        var result = new float[b.Stride];
        var start = new float[b.Stride];
        Array.Fill(start, 0.5f);
        fixed (float* px = row.Values, pb = b.Values, ps = start, py = result)
            Vae.Numerics.Gemm.Gemv<TVector>.Run(b.Stride / TVector.Count, row.Columns, px, pb, b.Stride, ps, 1, py);
        return result;
    }

    private static float[] ColumnSums<TVector>(TestMatrix a)
        where TVector : unmanaged, ISimdVector<TVector>
    {
        var sums = new float[a.Stride];
        Array.Fill(sums, 0.25f);
        fixed (float* pa = a.Values, ps = sums)
            Vae.Numerics.Elementwise.ColumnSums.Add<TVector>(a.Rows, a.Stride, pa, a.Stride, ps);
        return sums;
    }

    /// <summary>The weights and moments after a step, and what stands behind them.</summary>
    private static float[] AdamStep<TVector>(TestMatrix values)
        where TVector : unmanaged, ISimdVector<TVector>
    {
        var result = (float[])values.Values.Clone();
        fixed (float* w = result)
        {
            var step = new AdamStep(1, 0.002, 0.9, 0.999, 1e-8, 0.005, 0.5);
            AdamKernel.Update<TVector>(step, w, w + values.Stride, w + 2 * values.Stride, w + 3 * values.Stride, values.Columns);
        }

        float[] gradients = values.Values[values.Stride..(2 * values.Stride)];
        result[values.Stride..(2 * values.Stride)].Should().Equal(gradients, "gradients are read");
        return result;
    }

    private static void ProductWithMemory<TVector>()
        where TVector : unmanaged, ISimdVector<TVector>
    {
        float* values = stackalloc float[] { 0.1f, 0.2f, 0.3f, 0.4f, 0.5f, 0.6f, 0.7f, 0.8f, 0.9f, 1, 1.1f, 1.2f, 1.3f, 1.4f, 1.5f, 1.6f };
        var left = TVector.Load(values);
        var (sum, sumWithMemory) = (left, left);
        TVector.AddProduct(ref sum, left, TVector.Broadcast(0.3f));
        TVector.AddProduct(ref sumWithMemory, left, values + 2);
        var sums = new float[3 * TVector.Count];
        fixed (float* ps = sums)
        {
            TVector.MultiplyAdd(left, TVector.Broadcast(0.3f), left).Store(ps);
            sum.Store(ps + TVector.Count);
            sumWithMemory.Store(ps + 2 * TVector.Count);
        }

        sums[..TVector.Count].Should().OnlyHaveUniqueItems();
        sums[TVector.Count..].Should().Equal([.. sums[..TVector.Count], .. sums[..TVector.Count]]);
    }

    private static void Compare<TFunction>()
        where TFunction : IFunction
    {
        var x = Everywhere();
        var narrow = Values<TFunction, SimdVector128>(x);
        Values<TFunction, SimdVector256>(x).Should().Equal(narrow);
        Values<TFunction, SimdVector512>(x).Should().Equal(narrow);
    }

    private static void CompareGradients<TActivation>()
        where TActivation : IActivation
    {
        var x = Everywhere();
        var narrow = GradientValues<TActivation, SimdVector128>(x);
        GradientValues<TActivation, SimdVector256>(x).Should().Equal(narrow);
        GradientValues<TActivation, SimdVector512>(x).Should().Equal(narrow);
    }

    /// <summary>Numbers of every exponent and both signs, infinities and NaN; not a whole number of vectors.</summary>
    private static float[] Everywhere()
    {
        var x = new float[(1 << 16) - 3];
        for (int i = 0; i < x.Length; i++)
            x[i] = BitConverter.Int32BitsToSingle((i << 16) | (i * 40503 & 0xFFFF));
        return x;
    }

    private static int[] Values<TFunction, TVector>(float[] x)
        where TFunction : IFunction
        where TVector : unmanaged, ISimdVector<TVector>
    {
        var y = new float[x.Length];
        fixed (float* px = x, py = y)
            VectorLoop.Apply<TFunction, TVector>(px, py, x.Length);
        return Bits(y);
    }

    private static int[] GradientValues<TActivation, TVector>(float[] x)
        where TActivation : IActivation
        where TVector : unmanaged, ISimdVector<TVector>
    {
        var dx = new float[x.Length];
        float[] dy = [.. x.Select((_, i) => i % 7 - 3.3f)];
        fixed (float* px = x, pdy = dy, pdx = dx)
            VectorLoop.Differentiate<TActivation, TVector>(px, pdy, pdx, x.Length);
        return Bits(dx);
    }

    private static int[] Bits(float[] values) =>
        [.. values.Select(value => float.IsNaN(value) ? -1 : BitConverter.SingleToInt32Bits(value))];

    private static float[] Normals<TVector>()
        where TVector : unmanaged, ISimdVector<TVector>
    {
        var numbers = new float[6400];
        fixed (float* start = numbers)
        {
            for (int i = 0; i < numbers.Length; i += 64)
                CounterRandom.FillGroup<NormalNumbers, TVector>(1, 2, (ulong)i / 64, start + i);
        }

        return numbers;
    }

    private static float[] Transposed<TVector>(TestMatrix a)
        where TVector : unmanaged, ISimdVector<TVector>
    {
        var b = new float[a.Columns * Padding.Stride(a.Rows)];
        fixed (float* pa = a.Values, pb = b)
            Vae.Numerics.Gemm.Transposition.Run<TVector>(a.Rows, a.Columns, pa, a.Stride, pb, Padding.Stride(a.Rows)).Should().Be(a.Rows);

        return b;
    }
}
