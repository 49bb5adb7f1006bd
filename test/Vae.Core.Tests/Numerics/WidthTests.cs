using FluentAssertions;
using Vae.Numerics;
using Vae.Numerics.Functions;
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

        var narrow = Product<Lanes128>(a, b, c);
        Product<Lanes256>(a, b, c).Should().Equal(narrow);
        Product<Lanes512>(a, b, c).Should().Equal(narrow);
    }

    [Fact]
    public void Functions()
    {
        Compare<Exponential>();
        Compare<ExponentialMinusOne>();
        Compare<NaturalLogarithm>();
        Compare<LogisticSigmoid>();
        Compare<HyperbolicTangent>();
        Compare<Softplus>();
        Compare<Gelu>();
        Compare<Elu>();
        Compare<Relu>();
    }

    [Fact]
    public void Random_numbers()
    {
        var narrow = Normals<Lanes128>();
        Normals<Lanes256>().Should().Equal(narrow);
        Normals<Lanes512>().Should().Equal(narrow);
    }

    [Theory]
    [InlineData(16, 4)]
    [InlineData(32, 19)]
    public void Transposition(int rows, int columns)
    {
        var a = new TestMatrix(rows, columns, new Random(1));
        var narrow = Transposed<Lanes128>(a);
        Transposed<Lanes256>(a).Should().Equal(narrow);
        Transposed<Lanes512>(a).Should().Equal(narrow);
    }

    private static float[] Product<TLanes>(TestMatrix a, TestMatrix b, TestMatrix c)
        where TLanes : unmanaged, ILanes<TLanes>
    {
        var result = (float[])c.Values.Clone();
        fixed (float* pa = a.Values, pb = b.Values, pc = result)
        {
            var operands = new ProductOperands(pa, a.Stride, 1, pb, b.Stride, pc, c.Stride, 1, pc, c.Stride);
            BlockedProduct<TLanes>.Run(a.Rows, c.Stride, a.Columns, ref operands);
        }

        return result;
    }

    private static void Compare<TFunction>()
        where TFunction : struct, IFunction
    {
        // Numbers of every exponent and both signs, infinities and NaN.
        var x = new float[1 << 16];
        for (int i = 0; i < x.Length; i++)
            x[i] = BitConverter.Int32BitsToSingle((i << 16) | (i * 40503 & 0xFFFF));

        var narrow = Values<TFunction, Lanes128>(x);
        Values<TFunction, Lanes256>(x).Should().Equal(narrow);
        Values<TFunction, Lanes512>(x).Should().Equal(narrow);
    }

    private static int[] Values<TFunction, TLanes>(float[] x)
        where TFunction : struct, IFunction
        where TLanes : unmanaged, ILanes<TLanes>
    {
        var y = new float[x.Length];
        fixed (float* px = x, py = y)
        {
            for (int i = 0; i < x.Length; i += TLanes.Count)
                default(TFunction).Of(TLanes.Load(px + i)).Store(py + i);
        }

        return [.. y.Select(value => float.IsNaN(value) ? -1 : BitConverter.SingleToInt32Bits(value))];
    }

    private static float[] Normals<TLanes>()
        where TLanes : unmanaged, ILanes<TLanes>
    {
        var numbers = new float[6400];
        fixed (float* start = numbers)
        {
            for (int i = 0; i < numbers.Length; i += 64)
                CounterRandom.FillGroup<NormalNumbers, TLanes>(1, 2, (ulong)i / 64, start + i);
        }

        return numbers;
    }

    private static float[] Transposed<TLanes>(TestMatrix a)
        where TLanes : unmanaged, ILanes<TLanes>
    {
        var b = new float[a.Columns * Padding.Stride(a.Rows)];
        fixed (float* pa = a.Values, pb = b)
            Transposition<TLanes>.Run(a.Rows, a.Columns, pa, a.Stride, pb, Padding.Stride(a.Rows)).Should().Be(a.Rows);

        return b;
    }
}
