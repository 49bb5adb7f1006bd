using FluentAssertions;
using Microsoft.ML;
using Vae.MLNet.Synthesis;
using Xunit;

namespace Vae.MLNet.Tests;

/// <summary>The comparison of synthetic rows with real ones, on tables whose answers are known.</summary>
public sealed class SyntheticReportTests
{
    private static readonly MLContext MLContext = new(1);

    [Fact]
    public void Rows_of_the_same_distribution_are_told_apart_by_nobody_and_serve_as_well()
    {
        var report = SyntheticReport.Compare(MLContext, Rows(1), Rows(2), Options(Rows(3)));
        report.KolmogorovSmirnov.Should().BeInRange(0.005, 0.05, "√(2/1000) times a number around 0.9");
        report.TotalVariation.Should().BeLessThan(0.05);
        report.CorrelationDifference.Should().BeLessThan(0.05);
        report.RealAgainstSynthetic.Should().BeInRange(0.44, 0.56);
        report.TrainedOnReal!.Accuracy.Should().BeGreaterThan(0.85);
        report.TrainedOnSynthetic!.Accuracy.Should().BeApproximately(report.TrainedOnReal.Accuracy, 0.03);
        report.TrainedOnSynthetic.AreaUnderRocCurve.Should().BeApproximately(report.TrainedOnReal.AreaUnderRocCurve, 0.03);
        report.Synthetic.Median.Should().BeApproximately(report.HeldOut!.Median, 0.2 * report.HeldOut.Median);
        report.Synthetic.Copies.Should().Be(0);
    }

    [Fact]
    public void Copies_are_found_and_are_closer_than_held_out_rows()
    {
        var real = Rows(1);
        var report = SyntheticReport.Compare(MLContext, real, real, Options(Rows(3)));
        report.Synthetic.Should().Be(new ClosestDistances(0, 0, 1));
        report.HeldOut!.Median.Should().BeGreaterThan(0.001);
        report.HeldOut.Copies.Should().Be(0);
        report.KolmogorovSmirnov.Should().Be(0);
    }

    [Fact]
    public void What_differs_is_named()
    {
        var report = SyntheticReport.Compare(MLContext, Rows(1), Rows(2, shift: 3, city: "Ulm"), Options(Rows(3)));
        Distance(report, "Age").Should().BeGreaterThan(0.8);
        Distance(report, "Income").Should().BeLessThan(0.1);
        Distance(report, "City").Should().BeApproximately(2 / 3.0, 0.05, "a third of the real rows are from Ulm");
        report.Columns.Single(column => column.Name == "City").IsNumber.Should().BeFalse();
        report.RealAgainstSynthetic.Should().BeGreaterThan(0.95);
        report.ToString().Should().Contain("Age ").And.Contain("City ").And.Contain("trained on synthetic rows").And.Contain("held out");
    }

    [Fact]
    public void Independent_columns_lose_the_dependence_and_the_use()
    {
        var report = SyntheticReport.Compare(MLContext, Rows(1), Rows(2, independent: true), Options(Rows(3)));
        report.CorrelationDifference.Should().BeGreaterThan(0.1);
        report.TrainedOnSynthetic!.Accuracy.Should().BeLessThan(report.TrainedOnReal!.Accuracy - 0.1);
    }

    [Fact]
    public void Without_held_out_rows_and_label_there_is_only_what_can_be_said()
    {
        var report = SyntheticReport.Compare(MLContext, Rows(1), Rows(2));
        report.HeldOut.Should().BeNull();
        report.TrainedOnReal.Should().BeNull();
        report.Columns.Should().HaveCount(4);
    }

    [Fact]
    public void Wrong_columns_are_refused_by_name()
    {
        var label = () => SyntheticReport.Compare(MLContext, Rows(1), Rows(2), Options(Rows(3)) with { LabelColumnName = "Age" });
        label.Should().Throw<ArgumentOutOfRangeException>().WithMessage("*label*'Age'*Boolean, key or text*");
        var columns = () => SyntheticReport.Compare(
            MLContext, Rows(1), Rows(2), new SyntheticReportOptions { ColumnNames = ["Age", "Height"] });
        columns.Should().Throw<ArgumentOutOfRangeException>().WithMessage("*'Height'*");
        var few = () => SyntheticReport.Compare(MLContext, Rows(1), MLContext.Data.TakeRows(Rows(2), 5));
        few.Should().Throw<InvalidOperationException>().WithMessage("*'synthetic' has 5 rows*");
    }

    [Theory]
    [InlineData(new float[] { 1, 2, 3, 4 }, new float[] { 1, 2, 3, 4 }, 0)]
    [InlineData(new float[] { 1, 2, 3, 4 }, new float[] { 5, 6 }, 1)]
    [InlineData(new float[] { 1, 1, 2, 2 }, new float[] { 1, 2, 2, 2 }, 0.25)]
    [InlineData(new float[] { 0, 0, 0, 1 }, new float[] { 0, 1 }, 0.25)]
    public void The_largest_difference_of_two_distribution_functions_counts_ties_once(float[] first, float[] second, double expected) =>
        Marginals.KolmogorovSmirnov(first, second).Should().BeApproximately(expected, 1e-12);

    private static double Distance(SyntheticReport report, string name) => report.Columns.Single(column => column.Name == name).Distance;

    private static SyntheticReportOptions Options(IDataView heldOut) => new() { HeldOut = heldOut, LabelColumnName = "Label" };

    private static IDataView Rows(int seed, float shift = 0, string? city = null, bool independent = false)
    {
        var random = new Random(seed);
        string[] cities = ["Bonn", "Kiel", "Ulm"];
        return MLContext.Data.LoadFromEnumerable(Enumerable.Range(0, 1_000).Select(_ =>
        {
            double level = random.NextDouble();
            double other = independent ? random.NextDouble() : level;
            return new Person
            {
                Age = (float)(level + shift + 0.05 * random.NextDouble()),
                Income = (float)Math.Exp(other + 0.1 * random.NextDouble()),
                City = city ?? cities[random.Next(3)],
                Label = (independent ? random.NextDouble() : level) + 0.1 * random.NextDouble() > 0.55,
            };
        }).ToList());
    }

    private sealed class Person
    {
        public float Age { get; set; }

        public float Income { get; set; }

        public string City { get; set; } = "";

        public bool Label { get; set; }
    }
}
