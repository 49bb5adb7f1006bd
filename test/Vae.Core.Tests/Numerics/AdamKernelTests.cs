using FluentAssertions;
using Vae.Numerics.Elementwise;
using Xunit;

namespace Vae.Tests.Numerics;

public class AdamKernelTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(37)]
    [InlineData(160)]
    public void Fifty_steps_follow_the_formula_in_double(int count)
    {
        const double Rate = 0.01, Beta1 = 0.9, Beta2 = 0.999, Epsilon = 1e-8, Decay = 0.1, Scale = 0.5;
        var random = new Random(count);
        var w = Enumerable.Range(0, count).Select(_ => (float)(2 * random.NextDouble() - 1)).ToArray();
        var m = new float[count];
        var v = new float[count];
        var exactW = w.Select(x => (double)x).ToArray();
        var exactM = new double[count];
        var exactV = new double[count];

        for (int t = 1; t <= 50; t++)
        {
            var g = Enumerable.Range(0, count).Select(i => (float)((2 * random.NextDouble() - 1) * Math.Pow(10, i % 7 - 3))).ToArray();
            double correction1 = 1 - Math.Pow(Beta1, t), correction2 = 1 - Math.Pow(Beta2, t);
            AdamKernel.Update(new AdamStep(t, Rate, Beta1, Beta2, Epsilon, Decay, Scale), w, g, m, v);
            for (int i = 0; i < count; i++)
            {
                double gradient = Scale * g[i];
                exactW[i] -= Rate * Decay * exactW[i];
                exactM[i] = Beta1 * exactM[i] + (1 - Beta1) * gradient;
                exactV[i] = Beta2 * exactV[i] + (1 - Beta2) * gradient * gradient;
                exactW[i] -= Rate / correction1 * exactM[i] / (Math.Sqrt(exactV[i]) / Math.Sqrt(correction2) + Epsilon);
            }
        }

        for (int i = 0; i < count; i++)
            w[i].Should().BeApproximately((float)exactW[i], 2e-6f);
    }

    [Fact]
    public void What_decays_becomes_zero_and_never_subnormal()
    {
        float[] w = [1e-29f, 1e-3f, 1e-3f], m = [0, 1e-3f, 1e-20f], v = [0, 1e-6f, 1e-29f];
        bool anySubnormal = false;
        for (int t = 1; t <= 40_000; t++)
        {
            AdamKernel.Update(new AdamStep(1_000 + t, 0.01, 0.9, 0.999, 1e-8, 0.01, 1), w, [0, 0, 0], m, v);
            anySubnormal |= Array.Exists([.. w, .. m, .. v], float.IsSubnormal);
        }

        anySubnormal.Should().BeFalse();

        w[0].Should().Be(0);
        m.Should().Equal(0, 0, 0);
        v[2].Should().Be(0);
    }

    [Fact]
    public void A_step_does_not_depend_on_the_place_of_a_weight()
    {
        var random = new Random(1);
        float[] Numbers() => Enumerable.Range(0, 64).Select(_ => (float)random.NextDouble()).ToArray();
        float[] w = Numbers(), g = Numbers(), m = Numbers(), v = Numbers();

        static (float[] W, float[] M, float[] V) Step(Span<float> w, Span<float> g, Span<float> m, Span<float> v)
        {
            var (w2, m2, v2) = (w.ToArray(), m.ToArray(), v.ToArray());
            AdamKernel.Update(new AdamStep(3, 0.01, 0.9, 0.99, 1e-8, 0.1, 0.7), w2, g, m2, v2);
            return (w2, m2, v2);
        }

        var whole = Step(w, g, m, v);
        for (int length = 1; length < 40; length++)
        {
            var part = Step(w.AsSpan(5, length), g.AsSpan(5, length), m.AsSpan(5, length), v.AsSpan(5, length));
            part.W.Should().Equal(whole.W.AsSpan(5, length).ToArray());
            part.M.Should().Equal(whole.M.AsSpan(5, length).ToArray());
            part.V.Should().Equal(whole.V.AsSpan(5, length).ToArray());
        }
    }

    [Fact]
    public void Spans_of_different_lengths_are_refused()
    {
        var act = () => AdamKernel.Update(default, new float[3], new float[3], new float[2], new float[3]);
        act.Should().Throw<ArgumentOutOfRangeException>();
    }
}
