using FluentAssertions;
using Vae.Numerics.Elementwise;
using Xunit;

namespace Vae.Tests.Numerics;

public class ElementwiseTests
{
    private delegate void Function(ReadOnlySpan<float> x, Span<float> y);

    private delegate void Gradient(ReadOnlySpan<float> x, ReadOnlySpan<float> y, ReadOnlySpan<float> dy, Span<float> dx);

    [Fact]
    public void Sigmoid_is_accurate() => CheckUnits(VectorLoop.Apply<LogisticSigmoid>, x => 1 / (1 + Math.Exp(-x)), Grid(-95, 95), 2.5);

    [Fact]
    public void Tanh_is_accurate() => CheckUnits(VectorLoop.Apply<HyperbolicTangent>, Math.Tanh, Grid(-20, 20), 2.5);

    [Fact]
    public void Softplus_is_accurate() => CheckUnits(VectorLoop.Apply<Softplus>, Softplus, Grid(-95, 95), 2.5);

    [Fact]
    public void Gelu_is_accurate() => CheckUnits(VectorLoop.Apply<Gelu>, x => x * NormalDistribution(x), Grid(-12.5f, 20), 5);

    [Fact]
    public void Elu_is_accurate() => CheckUnits(VectorLoop.Apply<Elu>, x => x > 0 ? x : Expm1(x), Grid(-30, 20), 1.8);

    [Fact]
    public void Relu_and_leaky_relu_are_exact()
    {
        CheckUnits(VectorLoop.Apply<Relu>, x => Math.Max(x, 0), Grid(-5, 5), 0);
        CheckUnits(VectorLoop.Apply<LeakyRelu>, x => x > 0 ? x : 0.01f * x, Grid(-5, 5), 0.51);
    }

    [Fact]
    public void Gradients_are_the_derivatives()
    {
        CheckGradient<Relu>(x => x > 0 ? 1 : 0);
        CheckGradient<LeakyRelu>(x => x > 0 ? 1 : 0.01);
        CheckGradient<Elu>(x => x > 0 ? 1 : Math.Exp(x));
        CheckGradient<HyperbolicTangent>(x => 1 - Math.Tanh(x) * Math.Tanh(x));
        CheckGradient<Softplus>(x => 1 / (1 + Math.Exp(-x)));
        CheckGradient<Gelu>(x => NormalDistribution(x) + x * Math.Exp(-0.5 * x * x) / Math.Sqrt(2 * Math.PI));
    }

    [Fact]
    public void Limits_are_right()
    {
        const float Infinity = float.PositiveInfinity;
        One(VectorLoop.Apply<LogisticSigmoid>, -Infinity).Should().Be(0);
        One(VectorLoop.Apply<LogisticSigmoid>, Infinity).Should().Be(1);
        One(VectorLoop.Apply<HyperbolicTangent>, -Infinity).Should().Be(-1);
        One(VectorLoop.Apply<HyperbolicTangent>, Infinity).Should().Be(1);
        One(VectorLoop.Apply<Softplus>, -Infinity).Should().Be(0);
        One(VectorLoop.Apply<Softplus>, Infinity).Should().Be(Infinity);
        One(VectorLoop.Apply<Gelu>, -Infinity).Should().Be(0);
        One(VectorLoop.Apply<Gelu>, Infinity).Should().Be(Infinity);
        One(VectorLoop.Apply<Elu>, -Infinity).Should().Be(-1);
        One(VectorLoop.Apply<Elu>, Infinity).Should().Be(Infinity);
        One((x, y) => VectorLoop.Differentiate<Gelu>(x, [0f], [1f], y), Infinity).Should().Be(1);
        One((x, y) => VectorLoop.Differentiate<Gelu>(x, [0f], [1f], y), -Infinity).Should().Be(0);
    }

    [Fact]
    public void No_result_is_tiny()
    {
        float[] x = [.. Grid(-120, 120), .. Grid(-16, -5)];
        foreach (var function in Functions())
        {
            var y = new float[x.Length];
            function(x, y);
            Array.FindAll(y, IsTiny).Should().BeEmpty();
            foreach (var gradient in Gradients())
            {
                foreach (float scale in (float[])[1, 1e-20f, 1e-30f])
                {
                    var dx = new float[x.Length];
                    gradient(x, y, [.. x.Select(value => value * scale)], dx);
                    Array.FindAll(dx, IsTiny).Should().BeEmpty();
                }
            }
        }

        static bool IsTiny(float value) => value != 0 && MathF.Abs(value) < TinyNumbers.Smallest;
    }

    [Fact]
    public void Functions_pass_nan_through()
    {
        foreach (var function in Functions())
            One(function, float.NaN).Should().Be(float.NaN);
    }

    [Fact]
    public void A_result_does_not_depend_on_its_place()
    {
        var x = Grid(-30, 30).Where((_, i) => i % 500 == 0).Take(150).ToArray();
        foreach (var function in Functions())
        {
            var whole = new float[x.Length];
            function(x, whole);
            for (int start = 0; start < 40; start++)
            {
                for (int length = 0; length < 40; length++)
                {
                    var part = x.AsSpan(start, length).ToArray();
                    function(part, part);
                    part.AsSpan().SequenceEqual(whole.AsSpan(start, length)).Should().BeTrue();
                }
            }
        }
    }

    [Fact]
    public void A_gradient_does_not_depend_on_its_place()
    {
        var random = new Random(3);
        var value = Enumerable.Range(0, 90).Select(_ => (float)(2 * random.NextDouble() - 1)).ToArray();
        var dy = Enumerable.Range(0, 90).Select(_ => (float)(2 * random.NextDouble() - 1)).ToArray();
        foreach (var gradient in Gradients())
        {
            var whole = new float[value.Length];
            gradient(value, value, dy, whole);
            for (int start = 0; start < 40; start++)
            {
                for (int length = 0; length < 40; length++)
                {
                    var part = dy.AsSpan(start, length).ToArray();
                    gradient(value.AsSpan(start, length), value.AsSpan(start, length), part, part);
                    part.AsSpan().SequenceEqual(whole.AsSpan(start, length)).Should().BeTrue();
                }
            }
        }
    }

    [Fact]
    public void The_sum_of_squares_is_in_double()
    {
        var random = new Random(4);
        for (int length = 0; length < 200; length++)
        {
            var x = Enumerable.Range(0, length).Select(_ => (float)random.NextDouble()).ToArray();
            SumOfSquares.Of(x).Should().BeApproximately(x.Sum(v => (double)v * v), 1e-12 * (length + 1));
        }
    }

    [Fact]
    public void Spans_of_different_lengths_are_refused()
    {
        var act = () => VectorLoop.Apply<Relu>(new float[3], new float[4]);
        act.Should().Throw<ArgumentOutOfRangeException>();
    }

    private static Function[] Functions() =>
    [
        VectorLoop.Apply<LogisticSigmoid>, VectorLoop.Apply<HyperbolicTangent>, VectorLoop.Apply<Softplus>, VectorLoop.Apply<Gelu>,
        VectorLoop.Apply<Relu>, VectorLoop.Apply<Elu>, VectorLoop.Apply<LeakyRelu>, VectorLoop.Apply<Identity>,
    ];

    private static Gradient[] Gradients() =>
    [
        VectorLoop.Differentiate<HyperbolicTangent>, VectorLoop.Differentiate<Softplus>, VectorLoop.Differentiate<Gelu>,
        VectorLoop.Differentiate<Relu>, VectorLoop.Differentiate<Elu>, VectorLoop.Differentiate<LeakyRelu>,
    ];

    private static void CheckUnits(Function function, Func<double, double> reference, float[] x, double units)
    {
        var y = new float[x.Length];
        function(x, y);
        double worst = 0, at = 0;
        for (int i = 0; i < x.Length; i++)
        {
            double expected = reference(x[i]);
            if ((float)expected == y[i] || (y[i] == 0 && Math.Abs(expected) < TinyNumbers.Smallest))
                continue;

            double error = Math.Abs(y[i] - expected) / UnitInTheLastPlace(expected);
            if (!(error <= worst))
                (worst, at) = (error, x[i]);
        }

        worst.Should().BeLessThanOrEqualTo(units, "the error at {0} is the largest", at);
    }

    private static void CheckGradient<TActivation>(Func<double, double> derivative)
        where TActivation : IActivation
    {
        var random = new Random(5);
        var x = Grid(-30, 30);
        var dy = x.Select(_ => (float)(2 * random.NextDouble() - 1)).ToArray();
        var y = new float[x.Length];
        var dx = new float[x.Length];
        VectorLoop.Apply<TActivation>(x, y);
        VectorLoop.Differentiate<TActivation>(x, y, dy, dx);
        double worst = 0;
        for (int i = 0; i < x.Length; i++)
        {
            // Where y is 0 instead of a tiny number, its sign is lost.
            if (y[i] != 0 || Math.Abs(x[i]) > TinyNumbers.Smallest) worst = Math.Max(worst, Math.Abs(dx[i] - derivative(x[i]) * dy[i]));
        }

        worst.Should().BeLessThan(3e-7, typeof(TActivation).Name);
    }

    private static float One(Function function, float x)
    {
        var y = new float[1];
        function([x], y);
        return y[0];
    }

    private static double UnitInTheLastPlace(double value)
    {
        float magnitude = Math.Max(MathF.Abs((float)value), 1.17549435e-38f);
        return float.IsInfinity(magnitude) ? 2.03e31 : Math.Pow(2, Math.Floor(Math.Log2(magnitude)) - 23);
    }

    private static float[] Grid(float low, float high)
    {
        const int Count = 200_001;
        var x = Enumerable.Range(0, Count).Select(i => low + (high - low) * i / (Count - 1));
        var small = Enumerable.Range(0, 4000).Select(i => (i % 2 == 0 ? 1 : -1) * MathF.Pow(10, -i * 0.009f));
        return x.Concat(small).ToArray();
    }

    private static double Expm1(double x) => Math.Abs(x) < 1e-5 ? x + x * x / 2 : Math.Exp(x) - 1;

    private static double Softplus(double x) => Math.Max(x, 0) + Log1p(Math.Exp(-Math.Abs(x)));

    private static double Log1p(double x) => x < 1e-5 ? x - x * x / 2 : Math.Log(1 + x);

    /// <summary>By the continued fraction of Mills' ratio in the tails and Taylor's series in the middle.</summary>
    private static double NormalDistribution(double x)
    {
        double z = Math.Abs(x);
        double density = Math.Exp(-0.5 * z * z) / Math.Sqrt(2 * Math.PI);
        double tail;
        if (z > 3)
        {
            double fraction = z;
            for (int i = 200; i >= 1; i--)
                fraction = z + i / fraction;

            tail = density / fraction;
        }
        else
        {
            double term = z, sum = z;
            for (int i = 1; i < 100; i++)
            {
                term *= z * z / (2 * i + 1);
                sum += term;
            }

            tail = 0.5 - density * sum;
        }

        return x < 0 ? tail : 1 - tail;
    }
}
