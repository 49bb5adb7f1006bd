using FluentAssertions;
using Vae.Monitoring;
using Xunit;

namespace Vae.Tests.Monitoring;

public sealed class TwoSampleTestTests
{
    /// <summary>Values of the χ² distribution from tables: 5% and 0.1% at 1, 2, 5 and 50 degrees of freedom.</summary>
    [Theory]
    [InlineData(2, 3.841459, 0.05)]
    [InlineData(2, 10.827566, 0.001)]
    [InlineData(3, 5.991465, 0.05)]
    [InlineData(6, 11.070498, 0.05)]
    [InlineData(6, 20.515006, 0.001)]
    [InlineData(51, 67.504807, 0.05)]
    [InlineData(51, 86.660815, 0.001)]
    public void Counts_have_the_p_value_of_chi_square(int categories, double statistic, double expected)
    {
        // One category has a surplus that makes χ² what it shall be: n large, so that rounding to whole counts does not matter.
        const int each = 10_000_000;
        int[] first = new int[categories], second = new int[categories];
        Array.Fill(first, each);
        Array.Fill(second, each);
        int surplus = (int)Math.Round(Math.Sqrt(statistic * each / 4));
        (first[0], first[1]) = (each + surplus, each - surplus);
        (second[0], second[1]) = (each - surplus, each + surplus);
        TwoSampleTest.OfCounts(first, second).PValue.Should().BeApproximately(expected, 2e-3 * expected);
    }

    [Fact]
    public void Counts_are_apart_by_their_total_variation() =>
        TwoSampleTest.OfCounts([30, 60, 10], [60, 120, 20]).Should().Be((0, 1));

    [Fact]
    public void Counts_that_have_nothing_in_common_are_apart_by_1()
    {
        var (distance, pValue) = TwoSampleTest.OfCounts([50, 0], [0, 40]);
        distance.Should().Be(1);
        pValue.Should().BeLessThan(1e-15);
    }

    /// <summary>Quantiles of Kolmogorov's distribution: 1.358 at 5% and 1.949 at 0.1%.</summary>
    [Theory]
    [InlineData(1.3581, 0.05)]
    [InlineData(1.9495, 0.001)]
    public void Numbers_have_the_p_value_of_Kolmogorov(double quantile, double expected)
    {
        const int count = 1_000_000;
        int shift = (int)Math.Round(quantile / Math.Sqrt(count / 2.0) * count);
        float[] first = [.. Enumerable.Range(0, count).Select(i => (float)i)];
        float[] second = [.. Enumerable.Range(shift, count).Select(i => (float)i)];
        var (distance, pValue) = TwoSampleTest.OfNumbers(first, second);
        distance.Should().BeApproximately((double)shift / count, 1e-9);
        pValue.Should().BeApproximately(expected, 2e-2 * expected);
    }

    [Fact]
    public void Ties_are_one_step()
    {
        var (distance, pValue) = TwoSampleTest.OfNumbers([0, 0, 0, 1], [0, 0, 1, 1]);
        distance.Should().Be(0.25);
        pValue.Should().BeGreaterThan(0.9);
    }

    [Fact]
    public void Where_one_sample_is_empty_nothing_can_be_said()
    {
        TwoSampleTest.OfNumbers([], [1, 2]).Should().Be((0, 1));
        TwoSampleTest.OfCounts([0, 0], [1, 2]).Should().Be((0, 1));
    }

    [Fact]
    public void Where_nothing_has_drifted_p_values_are_uniform()
    {
        var random = new Random(1);
        double[] numbers = [.. Enumerable.Range(0, 1000).Select(_ => TwoSampleTest.OfNumbers(Sample(200), Sample(150)).PValue)];
        double[] counts = [.. Enumerable.Range(0, 1000).Select(_ => TwoSampleTest.OfCounts(Dice(300), Dice(200)).PValue)];
        foreach (double[] values in new[] { numbers, counts })
        {
            // Four standard errors of a binomial share around 5% and 50%.
            (values.Count(value => value <= 0.05) / 1000.0).Should().BeInRange(0.022, 0.078);
            (values.Count(value => value <= 0.5) / 1000.0).Should().BeInRange(0.437, 0.563);
        }

        float[] Sample(int count)
        {
            float[] values = [.. Enumerable.Range(0, count).Select(_ => random.NextSingle())];
            Array.Sort(values);
            return values;
        }

        int[] Dice(int count)
        {
            int[] faces = new int[6];
            for (int i = 0; i < count; i++)
                faces[random.Next(6)]++;
            return faces;
        }
    }
}
