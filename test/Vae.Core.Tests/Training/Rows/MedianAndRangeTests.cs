using FluentAssertions;
using Vae.Data;
using Vae.Options;
using Vae.Training.Managed;
using Vae.Training.Rows;
using Xunit;

namespace Vae.Tests.Training.Rows;

/// <summary>Standardization with median and range, against quantiles counted by hand.</summary>
public class MedianAndRangeTests
{
    private const double NormalRange = 3.2897072539029444;

    private static readonly VaeOptions AllRows = new() { Standardization = StandardizationMethod.MedianAndRange, ValidationFraction = 0 };

    [Fact]
    public void A_gross_outlier_moves_neither_location_nor_scale()
    {
        float[] values = [.. Enumerable.Range(1, 100).Select(i => (float)i)];
        Of(values).Should().Be((50, (95 - 5) / NormalRange));
        values[99] = 1e9f;
        Of(values).Should().Be((50, (95 - 5) / NormalRange));
    }

    [Fact]
    public void Normal_values_get_their_standard_deviation()
    {
        var random = new Random(5);
        float[] values = [.. Enumerable.Range(0, 50_000).Select(_ => (float)(3 + 2 * TestTables.Normal(random)))];
        var (median, scale) = Of(values);
        median.Should().BeApproximately(3, 0.05);
        scale.Should().BeApproximately(2, 0.03);
    }

    [Fact]
    public void Weights_and_missing_values_count()
    {
        float[] values = [float.NaN, 4, 1, 3, 2, float.NaN];
        using var table = Table(values, [9, 0, 1, 8, 1, 9]);
        table.Standardization.Means[0].Should().Be(3);
        table.Standardization.Deviations[0].Should().Be((3 - 1) / NormalRange);
    }

    [Fact]
    public void A_slot_without_a_range_keeps_mean_and_deviation()
    {
        float[] values = [.. Enumerable.Range(0, 100).Select(i => i < 3 ? 50f : 0)];
        var (mean, deviation) = Of(values);
        mean.Should().BeApproximately(1.5, 1e-12);
        deviation.Should().BeApproximately(Math.Sqrt(0.03 * 0.97) * 50, 1e-12);
    }

    [Fact]
    public void Other_slots_stay_as_they_are()
    {
        var layout = new FeatureLayoutBuilder().Numeric("a").Binary("b").OneHot("c", 2).Build();
        float[] values = [.. Enumerable.Range(0, 40).SelectMany(i => new float[] { i, i % 2, (i + 1) % 2, i % 2 })];
        using var table = TrainingTable.Read(new MatrixRows(layout, values), AllRows, new TableResources());
        table.Standardization.Means.Should().Equal(19, 0, 0, 0);
        table.Standardization.Deviations.Should().Equal((37 - 1) / NormalRange, 1, 1, 1);
    }

    [Fact]
    public void A_large_table_is_sampled_from_its_first_row_to_its_last()
    {
        const int rows = 300_000;
        float[] values = [.. Enumerable.Range(0, rows).Select(i => (float)i)];
        var (median, scale) = Of(values);
        median.Should().BeApproximately(rows / 2.0, rows * 1e-4);
        scale.Should().BeApproximately(0.9 * rows / NormalRange, rows * 1e-4);
    }

    [Fact]
    public void Held_out_rows_have_no_part_in_it()
    {
        float[] values = [.. Enumerable.Range(0, 40).Select(i => (float)(i * i))];
        using var table = TrainingTable.Read(
            new MatrixRows(FeatureLayout.Numeric(1), values), AllRows with { ValidationFraction = 0.25 }, new TableResources());
        var heldOut = new List<float>();
        table.Sample(heldOut: true, 100, (row, _) => heldOut.Add(row[0]), default);
        float[] training = [.. values.Except(heldOut).Order()];
        training.Should().HaveCount(30);
        table.Standardization.Means[0].Should().Be(training[14]);
        table.Standardization.Deviations[0].Should().BeApproximately((training[28] - training[1]) / NormalRange, 1e-9);
    }

    /// <summary>
    /// One training row in fifty is 1,000 deviations away in the first slot: with mean and deviation a value 10 deviations away looks
    /// ordinary after that.
    /// </summary>
    [Fact]
    public void Beside_huge_outliers_smaller_ones_still_have_high_scores()
    {
        OutlyingRowsThatScoreAboveAllOrdinaryOnes(StandardizationMethod.MeanAndDeviation).Should().BeLessThan(0.1);
        OutlyingRowsThatScoreAboveAllOrdinaryOnes(StandardizationMethod.MedianAndRange).Should().BeGreaterThan(0.9);
    }

    private static double OutlyingRowsThatScoreAboveAllOrdinaryOnes(StandardizationMethod method)
    {
        var random = new Random(3);
        float[] training = Rows(random, 1000, row => row % 50 == 0 ? 1000 : 0);
        var options = new VaeOptions { Standardization = method, LatentDimension = 2, HiddenLayers = [16, 16], Epochs = 30 };
        var model = new ManagedTrainer().Train(new MatrixRows(FeatureLayout.Numeric(4), training), options);
        var ordinary = new float[100];
        var outlying = new float[100];
        model.Score(Rows(random, 100, _ => 0), ordinary);
        model.Score(Rows(random, 100, _ => 10), outlying);
        float highest = ordinary.Max();
        return outlying.Average(score => score > highest ? 1.0 : 0);
    }

    /// <summary>Normal numbers in four slots, the first of them shifted.</summary>
    private static float[] Rows(Random random, int count, Func<int, double> shift) =>
        [.. Enumerable.Range(0, count * 4).Select(i => (float)(TestTables.Normal(random) + (i % 4 == 0 ? shift(i / 4) : 0)))];

    private static (double Location, double Scale) Of(float[] values)
    {
        using var table = Table(values, null);
        return (table.Standardization.Means[0], table.Standardization.Deviations[0]);
    }

    private static TrainingTable Table(float[] values, float[]? weights)
    {
        var layout = FeatureLayout.Numeric(1);
        return TrainingTable.Read(new MatrixRows(layout, values, weights), AllRows, new TableResources());
    }
}
