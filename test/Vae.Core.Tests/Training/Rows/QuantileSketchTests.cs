using FluentAssertions;
using Vae.Training.Rows;
using Xunit;

namespace Vae.Tests.Training.Rows;

/// <summary>The ranks that a sketch gives, against those of all values.</summary>
public class QuantileSketchTests
{
    private const int Capacity = 512;

    /// <summary>Four of the standard deviations that the sketch states for weights of one size.</summary>
    private const double RankError = 4 * 2.5 / Capacity;

    public static TheoryData<string> Streams => [.. Values.Keys];

    private static Dictionary<string, Func<float[]>> Values { get; } = new()
    {
        ["rising"] = () => [.. Enumerable.Range(0, 100_000).Select(i => (float)i)],
        ["falling"] = () => [.. Enumerable.Range(0, 100_000).Select(i => -(float)i)],
        ["from both ends inwards"] = () => [.. Enumerable.Range(0, 100_000).Select(i => i % 2 == 0 ? (float)i : 200_000f - i)],
        ["from the middle outwards"] = () => [.. Enumerable.Range(0, 100_000).Select(i => i % 2 == 0 ? (float)i : -(float)i)],
        ["in blocks, the next within the last"] =
            () => [.. Enumerable.Range(0, 100_000).Select(i => (float)((i % 500) * Math.Pow(0.97, i / 500.0)))],
        ["skewed"] = () => Random(normal => Math.Exp(4 * normal)),
        ["both tails heavy"] = () => Random(normal => Math.Pow(normal, 9)),
        ["tied"] = () => Random(normal => Math.Round(normal)),
        ["mostly 0"] = () => Random(normal => normal < 0.25 ? 0 : normal),
    };

    [Theory]
    [MemberData(nameof(Streams))]
    public void Ranks_are_right_in_every_order_and_distribution(string name)
    {
        float[] values = Values[name]();
        var sketch = new QuantileSketch(Capacity, 1);
        foreach (float value in values)
            sketch.Add(value, 1);
        var kept = sketch.ToList();
        kept.Sum(value => value.Items).Should().BeLessThan(4 * Capacity, "its memory does not grow with the table");
        kept.Sum(value => value.Weight).Should().BeApproximately(values.Length, 1e-6 * values.Length);
        kept[0].Value.Should().Be(values.Min());
        kept[^1].Value.Should().Be(values.Max());
        LargestRankError(kept, values, Array.ConvertAll(values, _ => 1.0)).Should().BeLessThan(RankError);
    }

    [Fact]
    public void Weights_count_whatever_their_sizes()
    {
        var random = new Random(2);
        float[] values = [.. Enumerable.Range(0, 50_000).Select(_ => (float)TestTables.Normal(random))];
        double[] weights = [.. values.Select(value => random.Next(1000) == 0 ? 300 : Math.Exp(2 * TestTables.Normal(random) - value))];
        double mean = weights.Average();
        weights = Array.ConvertAll(weights, weight => weight / mean);
        var sketch = new QuantileSketch(Capacity, 1);
        for (int i = 0; i < values.Length; i++)
            sketch.Add(values[i], weights[i]);
        var kept = sketch.ToList();
        kept.Sum(value => value.Items).Should().BeLessThan(4 * Capacity);
        LargestRankError(kept, values, weights).Should().BeLessThan(2 * RankError);
        sketch.EffectiveCount.Should().BeApproximately(values.Length / weights.Average(weight => weight * weight), 1);
    }

    [Fact]
    public void As_many_values_as_there_is_room_for_are_kept_as_they_are()
    {
        float[] values = [.. Enumerable.Range(0, Capacity).Select(i => (float)((i * 7919) % 400))];
        var sketch = new QuantileSketch(Capacity, 1);
        foreach (float value in values)
            sketch.Add(value, 1);
        sketch.ToList().Should().Equal(
            values.GroupBy(value => value).OrderBy(group => group.Key)
                .Select(group => new WeightedValue(group.Key, group.Count(), group.Count())));
    }

    [Fact]
    public void The_same_values_give_the_same_sketch()
    {
        float[] values = Values["skewed"]();
        Sketch().Should().Equal(Sketch());

        List<WeightedValue> Sketch()
        {
            var sketch = new QuantileSketch(64, 3);
            foreach (float value in values)
                sketch.Add(value, 1);
            return sketch.ToList();
        }
    }

    [Fact]
    public void A_weight_of_0_is_no_value()
    {
        var sketch = new QuantileSketch(64, 1);
        sketch.Add(-5, 0);
        sketch.Add(2, 1);
        sketch.ToList().Should().Equal(new WeightedValue(2, 1, 1));
    }

    /// <summary>The largest difference of the two distribution functions, in parts of the total weight.</summary>
    private static double LargestRankError(List<WeightedValue> kept, float[] values, double[] weights)
    {
        float[] sorted = [.. values];
        double[] sortedWeights = [.. weights];
        Array.Sort(sorted, sortedWeights);
        double total = weights.Sum();
        double exact = 0;
        double estimated = 0;
        double largest = 0;
        int next = 0;
        for (int i = 0; i < sorted.Length; i++)
        {
            exact += sortedWeights[i];
            if (i + 1 < sorted.Length && sorted[i + 1] == sorted[i]) continue;
            for (; next < kept.Count && kept[next].Value <= sorted[i]; next++)
                estimated += kept[next].Weight;
            largest = Math.Max(largest, Math.Abs(exact - estimated) / total);
        }

        return largest;
    }

    private static float[] Random(Func<double, double> transform)
    {
        var random = new Random(4);
        return [.. Enumerable.Range(0, 100_000).Select(_ => (float)transform(TestTables.Normal(random)))];
    }
}
