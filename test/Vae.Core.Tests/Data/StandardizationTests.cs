using FluentAssertions;
using Vae.Data;
using Xunit;

namespace Vae.Tests.Data;

public class StandardizationTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Rows_of_any_width_are_standardized_as_by_a_plain_loop(bool inPlace)
    {
        var random = new Random(1);
        for (int width = 0; width <= 50; width++)
        {
            double[] means = [.. Enumerable.Range(0, width).Select(_ => 200 * random.NextDouble() - 100)];
            double[] deviations = [.. Enumerable.Range(0, width).Select(_ => Math.Pow(10, random.Next(-4, 5)))];
            float[] row = [.. Enumerable.Range(0, width).Select(_ => Value(random))];
            float[] expected = [.. row.Select((value, slot) => Standardized(value, means[slot], deviations[slot]))];

            float[] standardized = inPlace ? row : new float[width];
            new Standardization(means, deviations).Apply(row, standardized);

            standardized.Should().Equal(expected, (left, right) => left.Equals(right));
        }
    }

    private static float Value(Random random) => random.Next(6) switch
    {
        0 => float.NaN,
        1 => float.MaxValue,
        2 => float.MinValue,
        _ => (float)(200 * random.NextDouble() - 100),
    };

    private static float Standardized(float value, double mean, double deviation) =>
        (float)Math.Clamp((value - mean) * (1 / deviation), -Standardization.Farthest, Standardization.Farthest);
}
