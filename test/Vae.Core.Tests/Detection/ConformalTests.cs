using FluentAssertions;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Vae.Data;
using Vae.Detection;
using Vae.Options;
using Vae.Training.Managed;
using Xunit;

namespace Vae.Core.Tests.Detection;

/// <summary>The promise of a detector: of exchangeable rows, at most a part α has a p-value of α or less.</summary>
public sealed class ConformalTests
{
    private const int Seeds = 200;
    private const int CalibrationRows = 999;
    private const int TestRows = 400;

    private static readonly FeatureLayout Layout = FeatureLayout.Numeric(3);

    private static readonly VaeModel Model = new ManagedTrainer().Train(
        new MatrixRows(Layout, Normal(200, 0)), new VaeOptions { LatentDimension = 1, HiddenLayers = [4], Epochs = 5 });

    [Property(MaxTest = 200)]
    public Property Of_exchangeable_scores_at_most_a_part_alpha_alarms_each_against_the_others() => Prop.ForAll(
        Gen.Choose(0, 6).ArrayOf().Where(values => values.Length > 1).ToArbitrary(),
        Gen.Choose(1, 99).ToArbitrary(),
        (values, percent) =>
        {
            double alpha = percent / 100.0;
            int alarms = Enumerable.Range(0, values.Length).Count(own =>
            {
                var others = new ConformalCalibration([.. values.Where((_, i) => i != own).Select(value => (float)value)]);
                return AlarmRule.IsAlarm(others.CountAtLeast(values[own]), others.Scores.Length, alpha);
            });
            return alarms <= alpha * values.Length * (1 + 1e-9);
        });

    [Theory]
    [InlineData(0.001)]
    [InlineData(0.01)]
    [InlineData(0.05)]
    [InlineData(0.1)]
    public void The_false_alarm_rate_over_200_calibrations_is_alpha(double alpha)
    {
        double[] rates = [.. Enumerable.Range(0, Seeds).Select(seed =>
        {
            float[] scores = Scores(seed, CalibrationRows + TestRows);
            var calibration = new ConformalCalibration(scores[..CalibrationRows]);
            int alarms = scores[CalibrationRows..]
                .Count(score => AlarmRule.IsAlarm(calibration.CountAtLeast(score), CalibrationRows, alpha));
            return (double)alarms / TestRows;
        })];

        double mean = rates.Average();
        double error = Math.Sqrt(rates.Sum(rate => (rate - mean) * (rate - mean)) / (Seeds - 1) / Seeds);
        mean.Should().BeInRange(alpha - 2 * error, alpha + 2 * error);
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.3)]
    public void The_false_discovery_rate_over_200_calibrations_is_at_most_what_was_asked_for(double rate)
    {
        const int normal = 180;
        const int anomalies = 20;
        double[] parts = [.. Enumerable.Range(0, Seeds).Select(seed =>
        {
            float[] scores = Scores(seed, CalibrationRows + normal);
            var calibration = new ConformalCalibration(scores[..CalibrationRows]);
            float largest = scores.Max();
            float[] tests = [.. scores[CalibrationRows..], .. Enumerable.Repeat(largest, anomalies)];
            float[] pValues = Array.ConvertAll(tests, score => AlarmRule.PValue(calibration.CountAtLeast(score), CalibrationRows));
            float bound = FalseDiscoveryRate.LargestSelected([.. pValues], rate);
            int found = pValues.Count(value => value <= bound);
            return (double)pValues[..normal].Count(value => value <= bound) / Math.Max(1, found);
        })];

        double error = Math.Sqrt(parts.Sum(part => Math.Pow(part - parts.Average(), 2)) / (Seeds - 1) / Seeds);
        parts.Average().Should().BeInRange(0.5 * rate, rate + 2 * error);
    }

    [Fact]
    public void Scores_that_differ_by_rounding_are_ties()
    {
        var calibration = new ConformalCalibration([1, 2, 100, 1000]);
        calibration.CountAtLeast(100 * (1 + 1e-6f)).Should().Be(2);
        calibration.CountAtLeast(100 * (1 + 1e-4f)).Should().Be(1);
        calibration.CountAtLeast(float.MaxValue).Should().Be(0);
    }

    [Fact]
    public void Contamination_leaves_out_the_highest_scores() =>
        new ConformalCalibration([3, 1, 10, 2, 9], 0.4).Scores.ToArray().Should().Equal(1, 2, 3);

    [Fact]
    public void Trimming_as_many_scores_as_anomalies_are_there_finds_what_they_hid()
    {
        float[] normal = Scores(1, 400);
        float[] contaminated = [.. normal, .. Enumerable.Repeat(normal.Max() + 100, 20)];
        var plain = new ConformalCalibration([.. contaminated]);
        var trimmed = new ConformalCalibration([.. contaminated], 20.0 / 420);

        AlarmRule.IsAlarm(plain.CountAtLeast(normal.Max() + 50), 420, 0.01).Should().BeFalse();
        AlarmRule.IsAlarm(trimmed.CountAtLeast(normal.Max() + 50), 400, 0.01).Should().BeTrue();
        trimmed.Scores.ToArray().Should().Equal(normal.Order());
    }

    [Theory]
    [InlineData(0.01, 99)]
    [InlineData(0.001, 999)]
    [InlineData(0.05, 19)]
    [InlineData(0.3, 3)]
    [InlineData(0.07, 14)]
    public void An_alarm_is_possible_from_so_many_calibration_rows_on(double alpha, int rows)
    {
        AlarmRule.RowsNeeded(alpha).Should().Be(rows);
        AlarmRule.IsAlarm(0, rows, alpha).Should().BeTrue();
        AlarmRule.IsAlarm(0, rows - 1, alpha).Should().BeFalse();
    }

    private static float[] Scores(int seed, int count)
    {
        float[] scores = new float[count];
        Model.Score(Normal(count, seed + 1), scores);
        return scores;
    }

    private static float[] Normal(int rows, int seed)
    {
        var random = new Random(seed);
        float[] values = new float[3 * rows];
        for (int i = 0; i < values.Length; i += 3)
        {
            double cause = random.NextDouble() + random.NextDouble() - 1;
            for (int j = 0; j < 3; j++)
                values[i + j] = (float)((j + 1) * cause + 0.3 * (random.NextDouble() - 0.5));
        }

        return values;
    }
}
