using FluentAssertions;
using Vae.Data;
using Vae.Detection;
using Vae.Options;
using Vae.Tests.Trust.TrainedBits;
using Vae.Training.Managed;
using Xunit;

namespace Vae.Core.Tests.Detection;

public sealed class RepairTests
{
    private static readonly MatrixRows Table = TrainedBitsTables.Wine;

    private static readonly float[][] Rows = Shuffled();

    private static readonly VaeDetector Detector = VaeDetector.Train(
        new ManagedTrainer(), Training(),
        new DetectionOptions { FalseAlarmRate = 0.05, Trim = 0, Model = new VaeOptions { Epochs = 100 } });

    private static readonly float[][] Normal = [.. Rows[120..].Where(row => !Detect(row).IsAnomaly)];

    [Fact]
    public void One_wrong_value_is_found_and_nothing_else()
    {
        var (recall, precision, _) = Measure(1);
        recall.Should().BeGreaterThan(0.97);
        precision.Should().BeGreaterThan(0.97);
    }

    /// <summary>The ranking is even told how many values are wrong; the margin is 4 points of both, three standard errors.</summary>
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Several_wrong_values_are_found_better_than_by_ranking_cell_scores(int wrong)
    {
        var (recall, precision, ranked) = Measure(wrong);
        recall.Should().BeGreaterThan(ranked + 0.04);
        precision.Should().BeGreaterThan(ranked + 0.04);
        recall.Should().BeGreaterThan(0.95);
        precision.Should().BeGreaterThan(0.97);
    }

    [Fact]
    public void The_repaired_row_differs_where_it_was_wrong_and_is_normal()
    {
        float[] row = [.. Normal[0]];
        var wrong = WrongCells.Insert(Table.Layout, row, 2, new Random(3));

        var repair = Detector.Repair(row);

        repair.Before.IsAnomaly.Should().BeTrue();
        repair.IsSufficient.Should().BeTrue();
        repair.After.Should().Be(Detect(repair.Row.ToArray()));
        repair.Features.Select(feature => feature.Feature).Should().BeEquivalentTo(wrong);
        repair.Features.Select(feature => feature.Excess).Should().BeInDescendingOrder().And.OnlyContain(excess => excess > 0);
        foreach (var feature in Table.Layout.Features)
        {
            var replaced = repair.Features.SingleOrDefault(description => description.Feature == feature);
            repair.Row[feature.Start].Should().Be(replaced?.Expected ?? row[feature.Start]);
        }

        repair.ToString().Should().MatchRegex("^[a-z_]+ is [0-9,.]+, expected [0-9,.]+ to [0-9,.]+\r?\n[a-z_]+ is ");
    }

    [Fact]
    public void A_normal_row_needs_none()
    {
        var repair = Detector.Repair(Normal[0]);
        repair.Features.Should().BeEmpty();
        repair.Row.ToArray().Should().Equal(Normal[0]);
        repair.After.Should().Be(repair.Before);
        repair.IsSufficient.Should().BeTrue();
    }

    [Fact]
    public void Where_everything_is_wrong_the_repair_says_that_it_is_not_enough()
    {
        float[] row = [.. Normal[0].Select((value, slot) => value * (slot % 2 == 0 ? 10 : -10))];
        var repair = Detector.Repair(row);
        repair.IsSufficient.Should().BeFalse();
        repair.Features.Should().HaveCount(Table.Layout.Features.Count / 2);
        repair.After.Score.Should().BeLessThan(repair.Before.Score);
    }

    [Fact]
    public void A_higher_p_value_replaces_at_least_as_many_values()
    {
        foreach (float[] normal in Normal.Take(10))
        {
            float[] row = [.. normal];
            WrongCells.Insert(Table.Layout, row, 1, new Random(1));
            int few = Detector.Repair(row, 0.05).Features.Count;
            var more = Detector.Repair(row, 0.5);
            more.Features.Count.Should().BeGreaterThanOrEqualTo(few);
            if (more.Features.Count < 6) more.After.PValue.Should().BeGreaterThan(0.5f);
        }
    }

    [Fact]
    public void Rows_of_the_wrong_length_and_p_values_out_of_range_are_refused()
    {
        FluentActions.Invoking(() => Detector.Repair(new float[2])).Should().Throw<ArgumentException>().WithMessage("*2 values*13*");
        FluentActions.Invoking(() => Detector.Repair(Normal[0], 1)).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => Detector.Describe(new float[2])).Should().Throw<ArgumentException>().WithMessage("*2 values*13*");
    }

    private static (double Recall, double Precision, double Ranked) Measure(int wrong)
    {
        var random = new Random(wrong);
        double recall = 0;
        double precision = 0;
        double ranked = 0;
        int alarms = 0;
        float[] cells = new float[Table.Layout.SlotCount];
        for (int i = 0; i < 3 * Normal.Length; i++)
        {
            float[] row = [.. Normal[i % Normal.Length]];
            var inserted = WrongCells.Insert(Table.Layout, row, wrong, random);
            var repair = Detector.Repair(row);
            if (!repair.Before.IsAnomaly) continue;
            alarms++;
            double hits = repair.Features.Count(feature => inserted.Contains(feature.Feature));
            recall += hits / wrong;
            precision += hits / repair.Features.Count;
            Detector.Models[0].CellScores(row, cells);
            var highest = Table.Layout.Features.OrderByDescending(feature => cells[feature.Start]).Take(wrong);
            ranked += (double)highest.Count(inserted.Contains) / wrong;
        }

        alarms.Should().BeGreaterThan(2 * Normal.Length);
        return (recall / alarms, precision / alarms, ranked / alarms);
    }

    private static RowDetection Detect(float[] row)
    {
        var detections = new RowDetection[1];
        Detector.Detect(row, detections);
        return detections[0];
    }

    private static float[][] Shuffled()
    {
        float[] values = new float[Table.Count * Table.Layout.RowWidth];
        using var reader = Table.Open();
        reader.Read(values, []);
        float[][] rows = [.. values.Chunk(Table.Layout.RowWidth)];
        new Random(1).Shuffle(rows);
        return rows;
    }

    private static MatrixRows Training() => new(Table.Layout, Rows[..120].SelectMany(row => row).ToArray());
}
