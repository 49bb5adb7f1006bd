using FluentAssertions;
using Vae.Data;
using Vae.Options;
using Vae.Training.Rows;
using Xunit;

namespace Vae.Tests.Data;

public class RowPreparationTests
{
    [Fact]
    public void A_one_hot_group_without_a_one_or_with_a_NaN_is_missing()
    {
        var preparation = new RowPreparation(TestLayouts.Categories);
        float[] row = [0, 0, 0, 1, 0, float.NaN, 1, 0, 0];
        preparation.Clean(row, 0).Should().BeTrue();
        row.Should().Equal(float.NaN, float.NaN, float.NaN, 1, float.NaN, float.NaN, float.NaN, float.NaN, float.NaN);

        var mask = new float[9];
        RowPreparation.SplitMissing(row, mask);
        row.Should().Equal(0, 0, 0, 1, 0, 0, 0, 0, 0);
        mask.Should().Equal(0, 0, 0, 1, 0, 0, 0, 0, 0);
        preparation.Clean([1, 0, 0, 0, 0, 0, 0, 0, 1], 0).Should().BeFalse();
    }

    [Theory]
    [InlineData(1, float.NaN, 0, 0, true)]
    [InlineData(float.NaN, 0, 0, 0, true)]
    [InlineData(float.NaN, float.NaN, 0, 1, true)]
    [InlineData(float.NaN, float.NaN, 0, 0, false)]
    [InlineData(float.NaN, float.NaN, 1, float.NaN, false)]
    public void A_row_is_observed_if_any_modelled_value_is(float a, float b, float first, float second, bool observed)
    {
        var layout = new FeatureLayoutBuilder().Numeric("a").Binary("b").OneHot("c", 2).Conditions().Numeric("d").Build();
        float[] row = [a, b, first, second, 7];
        layout.IsAnyObserved(row).Should().Be(observed);
        new RowPreparation(layout).Clean(row, 0);
        layout.IsAnyObserved(row).Should().Be(observed, "a row that is cleaned says the same");
    }

    [Fact]
    public void A_missing_condition_does_not_make_a_modelled_value_missing()
    {
        float[] row = [1, 2, 3, 1, 0, 0, 0, 1, float.NaN, 1, 0, 0, 0];
        new RowPreparation(TestLayouts.Conditional).Clean(row, 0).Should().BeFalse();
    }

    [Fact]
    public void Standardization_leaves_alone_what_it_makes_no_sense_for()
    {
        var layout = new FeatureLayoutBuilder().Numeric("a").Numeric("constant").Numeric("large").Numeric("unseen").Binary("b").Build();
        float[] values = [.. Enumerable.Range(0, 10).SelectMany(i => new float[] { i, 3, 1e30f * i, float.NaN, i % 2 })];
        var rows = new MatrixRows(layout, values);
        using var table = TrainingTable.Read(rows, new VaeOptions { ValidationFraction = 0 }, new TableResources());
        var standardization = table.Standardization;
        double deviation = Math.Sqrt(8.25);
        standardization.Means[0].Should().BeApproximately(4.5, 1e-12);
        standardization.Deviations[0].Should().BeApproximately(deviation, 1e-12);
        standardization.Means[1].Should().Be(3);
        standardization.Deviations[1].Should().Be(1);
        standardization.Deviations[2].Should().BeApproximately(1e30 * deviation, 1e24);
        (standardization.Means[3], standardization.Deviations[3]).Should().Be((0, 1));
        (standardization.Means[4], standardization.Deviations[4]).Should().Be((0, 1));

        float[] row = [7, 3, 0, float.NaN, 1];
        var standardized = new float[5];
        standardization.Apply(row, standardized);
        standardized[0].Should().BeApproximately((float)(2.5 / deviation), 1e-6f);
        standardized[1].Should().Be(0);
        standardized[3].Should().Be(float.NaN);
        standardized[4].Should().Be(1);
        standardization.Undo(standardized);
        standardized[0].Should().BeApproximately(7, 1e-6f);
        standardized[4].Should().Be(1);
    }

    [Fact]
    public void Held_out_rows_have_no_part_in_the_standardization()
    {
        float[] values = [.. Enumerable.Range(0, 40).Select(i => (float)(i * i))];
        var rows = new MatrixRows(FeatureLayout.Numeric(1), values);
        using var table = TrainingTable.Read(rows, new VaeOptions { ValidationFraction = 0.25 }, new TableResources());
        var heldOut = new List<float>();
        table.Sample(heldOut: true, 100, (row, _) => heldOut.Add(row[0]), default);
        heldOut.Should().HaveCount(10);
        table.Standardization.Means[0].Should().BeApproximately(values.Except(heldOut).Average(value => (double)value), 1e-9);
    }
}
