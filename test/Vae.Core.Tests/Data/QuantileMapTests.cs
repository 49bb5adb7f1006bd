using FluentAssertions;
using Vae.Data;
using Vae.Training.Rows;
using Xunit;

namespace Vae.Tests.Data;

/// <summary>Normal scores and the way back.</summary>
public class QuantileMapTests
{
    /// <summary>Φ⁻¹ of 1/40, 3/10 and 3/4, as tables of the normal distribution have it.</summary>
    private const double Score025 = -1.959963984540054;
    private const double Score30 = -0.524400512708041;
    private const double Score75 = 0.674489750196082;

    public static TheoryData<string> Columns => [.. Values.Keys];

    private static Dictionary<string, float[]> Values { get; } = new()
    {
        ["normal"] = Random(normal => normal),
        ["log-normal"] = Random(normal => Math.Exp(2 * normal)),
        ["Cauchy"] = Random(normal => Math.Tan(Math.PI * (Normal(normal) - 0.5))),
        ["uniform"] = Random(Normal),
        ["60% zeros"] = Random(normal => Normal(normal) < 0.6 ? 0 : Math.Exp(normal)),
        ["whole numbers"] = Random(normal => Math.Round(2 * normal)),
        ["two values"] = Random(normal => normal < 0 ? 3 : 7),
        ["few"] = [5, 1, 2, 9, 4],
        ["huge"] = Random(normal => Math.ScaleB(normal, 124)),
        ["tiny"] = Random(normal => Math.ScaleB(normal, -140)),
    };

    [Fact]
    public void Quantiles_have_the_scores_of_a_normal_distribution()
    {
        var map = MapOf([.. Enumerable.Range(0, 20).Select(i => (float)i)]);
        map.Score(0).Should().BeApproximately(Score025, 1e-9);
        map.Score(19).Should().BeApproximately(-Score025, 1e-9);
        map.Score(9.5).Should().BeApproximately(0, 1e-3);
    }

    [Theory]
    [InlineData("log-normal")]
    [InlineData("Cauchy")]
    [InlineData("uniform")]
    public void Any_smooth_distribution_becomes_normal(string name)
    {
        float[] values = Values[name];
        var map = MapOf(values);
        double[] scores = [.. values.Select(value => map.Score(value)).Order()];
        double largest = scores.Select((score, i) => Math.Abs(Normal(score) - (i + 0.5) / scores.Length)).Max();
        largest.Should().BeLessThan(0.01);
    }

    [Theory]
    [MemberData(nameof(Columns))]
    public void Scores_rise_and_come_back_as_the_values(string name)
    {
        float[] values = [.. Values[name].Distinct().Order()];
        var map = MapOf(Values[name]);
        double width = (double)values[^1] - values[0];
        double[] all = [values[0] - width, .. values.Select(value => (double)value), values[^1] + width];
        for (int i = 0; i < all.Length; i++)
        {
            double score = map.Score(all[i]);
            double back = map.Value(score);
            Math.Abs(back - all[i]).Should().BeLessThan(1e-9 * Math.Max(Math.Abs(all[i]), width));
            if (i > 0) score.Should().BeGreaterThan(map.Score(all[i - 1]));
        }
    }

    /// <summary>The slope is the derivative, and so a normal density of scores has the integral 1 in original units.</summary>
    [Theory]
    [MemberData(nameof(Columns))]
    public void The_density_in_original_units_has_the_integral_1(string name)
    {
        var map = MapOf(Values[name]);
        var ends = new SortedSet<double> { map.Value(-9), map.Value(9) };
        var points = map.Points.ToArray();
        for (int i = 0; i < points.Length; i++)
        {
            double value = points[i].Value;
            ends.Add(value);
            double before = i > 0 ? value - points[i - 1].Value : double.PositiveInfinity;
            double after = i < points.Length - 1 ? points[i + 1].Value - value : double.PositiveInfinity;
            double halfWidth = Math.Min(before, after) / 1024;
            if (!points[i].IsAtom) continue;
            ends.Add(value - halfWidth);
            ends.Add(value + halfWidth);
        }

        ends.Zip(ends.Skip(1), (from, to) => Integral(map, from, to)).Sum().Should().BeApproximately(1, 1e-4);
    }

    [Fact]
    public void A_value_that_most_rows_hold_has_the_middle_of_its_range_and_comes_back_exactly()
    {
        float[] values = [.. Enumerable.Range(0, 1000).Select(i => i < 600 ? 0 : 1 + 0.01f * (i - 600))];
        var map = MapOf(values);
        map.Score(0).Should().BeApproximately(Score30, 1e-9);
        for (double score = -3; score < 0.25; score += 0.01)
            map.Value(score).Should().Be(0, "60% of all normal scores are less than 0.253");
        map.Value(Score75).Should().BeApproximately(2.5, 0.02);
        map.Score(0.5).Should().BeInRange(map.Score(0), map.Score(1));
        map.Score(-1).Should().BeLessThan(-3, "nothing is less than 0");
    }

    [Theory]
    [InlineData("normal")]
    [InlineData("log-normal")]
    [InlineData("Cauchy")]
    [InlineData("uniform")]
    [InlineData("60% zeros")]
    public void Beyond_the_training_rows_scores_grow_in_proportion_to_the_distance(string name)
    {
        float[] values = Values[name];
        var map = MapOf(values);
        double largest = values.Max();
        double median = values.Order().ElementAt(values.Length / 2);
        double score = map.Score(largest);
        score.Should().BeGreaterThan(3);
        foreach (double times in (double[])[2, 10, 1000])
        {
            double ratio = map.Score(median + times * (largest - median)) / score;
            ratio.Should().BeInRange(0.3 * times, 1.5 * times);
        }

        map.Score(values.Min() - 10 * (median - values.Min() + 1)).Should().BeLessThan(-5);
    }

    [Fact]
    public void Missing_values_stay_missing()
    {
        double.IsNaN(MapOf(Values["few"]).Score(double.NaN)).Should().BeTrue();
    }

    [Fact]
    public void One_value_has_no_map()
    {
        var sketch = new QuantileSketch(100, 0);
        QuantileEstimate.MapOf(sketch).Should().BeNull();
        for (int i = 0; i < 50; i++)
            sketch.Add(3, 1);
        QuantileEstimate.MapOf(sketch).Should().BeNull();
    }

    [Fact]
    public void Points_that_do_not_rise_or_are_not_finite_make_no_map()
    {
        QuantilePoint zero = new(0, -0.1, 0, 0.1);
        QuantilePoint one = new(1, 1, 1, 1);
        QuantileMap.Create([zero, one]).Should().NotBeNull();
        QuantilePoint[][] impossible =
        [
            [], [zero], [one, zero], [zero, zero], [zero, one with { Value = double.NaN }], [zero, one with { Value = 1e39 }],
            [zero, one with { Low = 0.1 }], [zero, one with { Low = double.NaN }], [zero, one with { High = 0.5 }],
            [zero, one with { High = double.PositiveInfinity }], [zero, one with { Low = 0.05, High = 3 }],
            [zero, one with { Low = 2e6, Score = 2e6, High = 2e6 }], [zero with { Low = double.NegativeInfinity }, one],
            [zero with { Value = 1 }, one with { Value = Math.BitIncrement(1.0) }], [zero, one with { Value = double.Epsilon }],
            [.. Enumerable.Range(0, QuantileMap.MostPoints + 1).Select(i => new QuantilePoint(i, i, i, i))],
        ];
        foreach (var points in impossible)
            QuantileMap.Create(points).Should().BeNull(string.Join(", ", points));
    }

    private static double Integral(QuantileMap map, double from, double to)
    {
        const int cells = 200;
        double sum = 0;
        for (int i = 0; i < cells; i++)
        {
            double value = from + (to - from) * (i + 0.5) / cells;
            double score = map.Score(value);
            sum += Math.Exp(-score * score / 2 + map.LogSlope(value)) / Math.Sqrt(2 * Math.PI) * (to - from) / cells;
        }

        return sum;
    }

    private static QuantileMap MapOf(float[] values)
    {
        var sketch = new QuantileSketch(4096, 0);
        foreach (float value in values)
            sketch.Add(value, 1);
        return QuantileEstimate.MapOf(sketch)!;
    }

    private static float[] Random(Func<double, double> transform)
    {
        var random = new Random(8);
        return [.. Enumerable.Range(0, 3000).Select(_ => (float)transform(TestTables.Normal(random)))];
    }

    /// <summary>Φ, by Marsaglia's series.</summary>
    private static double Normal(double score)
    {
        double sum = score;
        double power = score;
        for (int odd = 3; odd < 200; odd += 2)
            sum += power *= score * score / odd;
        return 0.5 + sum * Math.Exp(-score * score / 2) / Math.Sqrt(2 * Math.PI);
    }
}
