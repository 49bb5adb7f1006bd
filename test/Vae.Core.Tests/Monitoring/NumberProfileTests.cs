using FluentAssertions;
using Vae.Diagnostics;
using Vae.Monitoring;
using Xunit;

namespace Vae.Tests.Monitoring;

/// <summary>Distributions in short, and the test that compares numbers with one.</summary>
public sealed class NumberProfileTests
{
    [Theory]
    [InlineData(10_000, 64)]
    [InlineData(160, 20)]
    [InlineData(7, 0)]
    public void Numbers_that_are_all_different_have_equal_steps(int count, int steps)
    {
        var profile = NumberProfile.Of([.. Enumerable.Range(0, count).Select(i => (float)i)], NumberProfile.MostSteps);

        profile.Total.Should().Be(count);
        profile.Counts.Should().HaveCount(Math.Max(0, steps - 1));
        profile.Counts.Should().Equal(profile.Cuts.Select(cut => (int)cut + 1), "so many are at most as large");
        if (steps > 0) profile.SmallestStep.Should().BeGreaterThan(0.6 / steps);
    }

    [Fact]
    public void A_value_that_many_share_is_told_from_those_beside_it()
    {
        var profile = NumberProfile.Of([.. Enumerable.Repeat(0f, 600), .. Enumerable.Range(1, 400).Select(i => (float)i)], 64);
        profile.Cuts[..2].Should().Equal(-float.Epsilon, 0);
        profile.Counts[..2].Should().Equal(0, 600);

        float[] beside = [.. Enumerable.Repeat(-0.01f, 60), .. Enumerable.Range(1, 40).Select(i => 10f * i)];
        var (distance, p) = TwoSampleTest.OfNumbers(profile, beside);
        distance.Should().BeApproximately(0.6, 1e-9, "no zero is there any more");
        p.Should().BeLessThan(1e-9);
    }

    [Fact]
    public void A_distance_is_too_small_by_a_step_at_most()
    {
        var random = new Random(1);
        for (int trial = 0; trial < 300; trial++)
        {
            float[] first = Sorted(random, 500, trial % 3), second = Sorted(random, 200, random.Next(3));
            double exact = TwoSampleTest.OfNumbers(first, second).Distance;
            double known = TwoSampleTest.OfNumbers(NumberProfile.Of(first, 64), second).Distance;
            known.Should().BeInRange(exact - 8.0 / 500 - 1e-9, exact + 1e-9, $"trial {trial}");
        }
    }

    [Fact]
    public void A_profile_has_no_more_places_than_a_file_may_have()
    {
        foreach (int shared in new[] { 1, 2, 7, 79, 80, 81, 157, 158, 300 })
        {
            float[] numbers = [.. Enumerable.Range(0, 10_000).Select(i => (float)(i / shared))];
            NumberProfile.Of(numbers, NumberProfile.MostSteps).Cuts.Length.Should().BeLessThanOrEqualTo(NumberProfile.MostCuts);
        }
    }

    [Theory]
    [InlineData(40, 300, 20_000)]
    [InlineData(160, 90, 4_000)]
    [InlineData(160, 1_000, 2_000)]
    [InlineData(2_000, 500, 2_000)]
    [InlineData(5_000, 5_000, 500)]
    public void Without_drift_p_values_are_even(int before, int after, int trials)
    {
        var random = new Random(before + after);
        double[] p = new double[trials];
        for (int trial = 0; trial < trials; trial++)
            p[trial] = TwoSampleTest.OfNumbers(NumberProfile.Of(Sorted(random, before, 0), 64), Sorted(random, after, 0)).PValue;

        foreach (double level in new[] { 0.001, 0.01, 0.05, 0.2 })
        {
            double share = p.Count(value => value <= level) / (double)trials;
            double error = Math.Sqrt(level * (1 - level) / trials);
            share.Should().BeInRange(0.6 * level - 3 * error, level + 3 * error);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Where_values_are_shared_p_values_are_rather_too_large(int kind)
    {
        var random = new Random(kind);
        int alarms = 0, alarmsWhole = 0;
        for (int trial = 0; trial < 2_000; trial++)
        {
            float[] first = Sorted(random, 1_000, kind), second = Sorted(random, 500, kind);
            if (TwoSampleTest.OfNumbers(NumberProfile.Of(first, 64), second).PValue <= 0.05) alarms++;
            if (TwoSampleTest.OfNumbers(first, second).PValue <= 0.05) alarmsWhole++;
        }

        alarms.Should().BeLessThanOrEqualTo(2_000 / 20).And.BeGreaterThan(alarmsWhole / 2);
    }

    [Fact]
    public void A_drift_is_found_nearly_as_often_as_with_whole_samples()
    {
        var random = new Random(3);
        int found = 0, foundWhole = 0;
        for (int trial = 0; trial < 300; trial++)
        {
            float[] first = Sorted(random, 160, 0), second = Sorted(random, 90, 0);
            for (int i = 0; i < second.Length; i++)
                second[i] += 0.4f;
            if (TwoSampleTest.OfNumbers(NumberProfile.Of(first, 64), second).PValue <= 0.05) found++;
            if (TwoSampleTest.OfNumbers(first, second).PValue <= 0.05) foundWhole++;
        }

        foundWhole.Should().BeInRange(150, 290);
        found.Should().BeGreaterThan(foundWhole - 20);
    }

    /// <summary>Numbers of a kind in rising order: normal, with 60% zeros, or whole ones.</summary>
    private static float[] Sorted(Random random, int count, int kind)
    {
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++)
        {
            double normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            numbers[i] = (float)(kind switch { 0 => normal, 1 => random.NextDouble() < 0.6 ? 0 : normal, _ => Math.Round(2 * normal) });
        }

        Array.Sort(numbers);
        return numbers;
    }
}
