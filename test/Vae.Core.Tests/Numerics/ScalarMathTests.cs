using FluentAssertions;
using Vae.Numerics.Elementwise;
using Xunit;

namespace Vae.Tests.Numerics;

public class ScalarMathTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1e-30)]
    [InlineData(1e-17)]
    [InlineData(3e-12)]
    [InlineData(2e-9)]
    [InlineData(1e-4)]
    [InlineData(0.03)]
    public void Near_zero_both_follow_their_series(double magnitude)
    {
        foreach (double x in new[] { (double)(float)magnitude, (float)-magnitude })
        {
            double exponential = x * (1 + x / 2 * (1 + x / 3 * (1 + x / 4 * (1 + x / 5 * (1 + x / 6)))));
            ScalarMath.Expm1((float)x).Should().BeApproximately((float)exponential, (float)(1e-7 * Math.Abs(exponential)));
            double logarithm = x * (1 - x * (1.0 / 2 - x * (1.0 / 3 - x * (1.0 / 4 - x * (1.0 / 5 - x * (1.0 / 6 - x / 7))))));
            ScalarMath.Log1p((float)x).Should().BeApproximately((float)logarithm, (float)(1e-7 * Math.Abs(logarithm)));
        }
    }

    [Theory]
    [InlineData(-0.9)]
    [InlineData(-0.4)]
    [InlineData(0.6)]
    [InlineData(5)]
    [InlineData(80)]
    public void Elsewhere_both_follow_their_definitions(float x)
    {
        ScalarMath.Expm1(x).Should().BeApproximately((float)(Math.Exp(x) - 1), (float)(1e-7 * Math.Abs(Math.Exp(x) - 1)));
        ScalarMath.Log1p(x).Should().BeApproximately((float)Math.Log(1 + (double)x), (float)(1e-7 * Math.Abs(Math.Log(1 + (double)x))));
    }

    [Fact]
    public void The_ends_are_reached()
    {
        ScalarMath.Expm1(float.NegativeInfinity).Should().Be(-1);
        ScalarMath.Expm1(float.PositiveInfinity).Should().Be(float.PositiveInfinity);
        ScalarMath.Expm1(float.NaN).Should().Be(float.NaN);
        ScalarMath.Log1p(-1).Should().Be(float.NegativeInfinity);
        ScalarMath.Log1p(float.PositiveInfinity).Should().Be(float.PositiveInfinity);
        ScalarMath.Log1p(float.NaN).Should().Be(float.NaN);
    }
}
