using FluentAssertions;
using Vae.Numerics.Elementwise;
using Xunit;

namespace Vae.Tests.Numerics;

public class FiniteNumbersTests
{
    [Fact]
    public void Large_and_small_numbers_are_finite()
    {
        float[] values = [float.MaxValue, float.MinValue, float.Epsilon, -0f, 0, 1, -1];
        for (int length = 0; length <= 50; length++)
        {
            float[] finite = [.. Enumerable.Range(0, length).Select(i => values[i % values.Length])];
            FiniteNumbers.All(finite).Should().BeTrue("there are {0} finite numbers", length);
        }
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void One_other_number_is_found_wherever_it_is(float value)
    {
        for (int length = 1; length <= 50; length++)
        {
            for (int place = 0; place < length; place++)
            {
                var values = Enumerable.Range(0, length).Select(i => float.MaxValue - i).ToArray();
                values[place] = value;
                FiniteNumbers.All(values).Should().BeFalse("it is at {0} of {1}", place, length);
            }
        }
    }
}
