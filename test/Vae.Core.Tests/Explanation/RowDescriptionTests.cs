using FluentAssertions;
using Vae.Data;
using Vae.Options;
using Vae.Training.Managed;
using Xunit;

namespace Vae.Tests.Explanation;

public sealed class RowDescriptionTests
{
    private static readonly FeatureLayout Layout = TestLayouts.Mixed;

    private static readonly VaeModel Model = new ManagedTrainer().Train(
        TestTables.Mixed(400), new VaeOptions { LatentDimension = 2, HiddenLayers = [16], Epochs = 30 });

    private static readonly float[] Rows = TestTables.MixedValues(20, seed: 2);

    [Fact]
    public void Shares_and_the_divergence_add_up_to_the_score()
    {
        foreach (float[] row in Rows.Chunk(Layout.RowWidth))
        {
            var description = Model.Describe(row);
            description.Score.Should().Be(Score(row));
            float sum = description.Features.Sum(feature => feature.Share) + description.KullbackLeibler;
            sum.Should().BeApproximately(description.Score, 1e-4f * Math.Max(1, description.Score));
            description.Features.Select(feature => feature.Feature).Should().Equal(Layout.Features);
        }
    }

    [Fact]
    public void The_excess_is_what_the_score_loses_with_the_expected_value()
    {
        foreach (float[] row in Rows.Chunk(Layout.RowWidth))
        {
            foreach (var description in Model.Describe(row).Features.Where(feature => !feature.IsMissing))
            {
                float[] filled = [.. row];
                var values = filled.AsSpan(description.Feature.Start, description.Feature.Length);
                if (description.Feature.Kind == FeatureKind.OneHot)
                {
                    values.Clear();
                    values[(int)description.Expected] = 1;
                }
                else
                {
                    values[0] = description.Expected;
                }

                description.Excess.Should().BeApproximately(Score(row) - Score(filled), 1e-3f);
            }
        }
    }

    [Fact]
    public void What_is_expected_of_a_feature_does_not_depend_on_its_own_value()
    {
        float[] row = [.. Rows[..Layout.RowWidth]];
        float[] changed = [.. row];
        changed[0] = row[0] + 50;
        float[] missing = [.. row];
        missing[0] = float.NaN;

        var expected = Model.Describe(missing).Features[0];
        var first = Model.Describe(row).Features[0];
        var second = Model.Describe(changed).Features[0];

        first.Expected.Should().Be(second.Expected).And.Be(expected.Expected);
        first.Low.Should().Be(second.Low).And.Be(expected.Low);
        first.High.Should().Be(second.High).And.Be(expected.High);
        second.IsSurprising.Should().BeTrue();
        second.Excess.Should().BeGreaterThan(first.Excess);
        Model.Describe(changed).Reasons[0].Feature.Should().Be(Layout.Features[0]);
    }

    [Fact]
    public void A_missing_value_has_no_share_and_is_no_reason()
    {
        foreach (float[] row in Rows.Chunk(Layout.RowWidth))
        {
            var description = Model.Describe(row, reasons: 50);
            var missing = description.Features.Where(feature => feature.IsMissing).ToArray();
            missing.Select(feature => feature.Feature).Should().Equal(Layout.Features.Where(feature => !feature.IsObserved(row)));
            missing.All(feature => float.IsNaN(feature.Value) && feature.Share == 0 && feature.Excess == 0 && !feature.IsSurprising)
                .Should().BeTrue();
            description.Reasons.Should().NotContain(reason => reason.IsMissing);
        }
    }

    [Fact]
    public void Reasons_are_surprising_and_are_those_of_the_row_without_the_reasons_before()
    {
        foreach (float[] row in Rows.Chunk(Layout.RowWidth))
        {
            var description = Model.Describe(row, reasons: 50, level: 0.5);
            var reasons = description.Reasons;
            reasons.All(reason => reason.IsSurprising && reason.Excess > 0).Should().BeTrue();
            reasons.Select(reason => reason.Feature).Should().OnlyHaveUniqueItems();
            reasons.Where(reason => reason.Feature.Kind == FeatureKind.Numeric)
                .All(reason => reason.Value < reason.Low || reason.Value > reason.High).Should().BeTrue();
            Model.Describe(row, reasons: 1, level: 0.5).Reasons.Select(reason => reason.Feature)
                .Should().Equal(reasons.Take(1).Select(reason => reason.Feature));
            if (reasons.Count < 2) continue;

            float[] without = [.. row];
            without.AsSpan(reasons[0].Feature.Start, reasons[0].Feature.Length).Fill(float.NaN);
            var second = Model.Describe(without, reasons: 0, level: 0.5).Features.Single(feature => feature.Feature == reasons[1].Feature);
            (second.Expected, second.Low, second.Probability)
                .Should().Be((reasons[1].Expected, reasons[1].Low, reasons[1].Probability), "the first reason is hidden");
        }
    }

    [Fact]
    public void A_wrong_value_does_not_make_others_look_wrong()
    {
        float[] row = [.. Rows[..Layout.RowWidth]];
        int before = Model.Describe(row, reasons: 50).Reasons.Count;
        row[0] += 500;
        var description = Model.Describe(row, reasons: 50);
        description.Features.Count(feature => feature.IsSurprising).Should().BeGreaterThan(before + 1);
        description.Reasons.Count.Should().BeLessThanOrEqualTo(before + 1);
    }

    [Fact]
    public void An_interval_of_a_higher_level_is_wider()
    {
        float[] row = Rows[..Layout.RowWidth];
        var narrow = Model.Describe(row, 0, 0.5).Features.Where(feature => feature.Feature.Kind == FeatureKind.Numeric);
        var wide = Model.Describe(row, 0, 0.95).Features.Where(feature => feature.Feature.Kind == FeatureKind.Numeric);
        foreach (var (inner, outer) in narrow.Zip(wide))
        {
            outer.Low.Should().BeLessThan(inner.Low);
            outer.High.Should().BeGreaterThan(inner.High);
            inner.Expected.Should().BeInRange(inner.Low, inner.High);
        }
    }

    [Fact]
    public void In_a_wide_table_every_feature_is_described_and_the_wrong_one_is_a_reason()
    {
        var layout = new FeatureLayoutBuilder().Numeric("x", 150).OneHot("kind", 3).Build();
        var model = UntrainedModels.Create(layout, new VaeOptions { LatentDimension = 2, HiddenLayers = [4] }, randomWeights: 0.1f);
        float[] row = new float[layout.RowWidth];
        row[^1] = 1;
        row[130] = 20;
        var description = model.Describe(row, reasons: 2);
        description.Features.Should().HaveCount(151);
        description.Reasons[0].Feature.Should().Be(layout.Features[130]);
        var own = description.Features[130];
        (description.Reasons[0].Low, description.Reasons[0].Excess).Should().Be((own.Low, own.Excess));
    }

    [Fact]
    public void Conditions_are_given_and_not_described()
    {
        var model = new ManagedTrainer().Train(
            TestTables.Rows(TestLayouts.Conditional, 200), new VaeOptions { LatentDimension = 2, HiddenLayers = [8], Epochs = 20 });
        float[] row = new float[TestLayouts.Conditional.RowWidth];
        using (var reader = TestTables.Rows(TestLayouts.Conditional, 1, seed: 5).Open())
            reader.Read(row, []);
        float[] other = [.. row];
        other[TestLayouts.Conditional.SlotCount] += 5;

        var description = model.Describe(row);

        description.Features.Should().HaveCount(TestLayouts.Conditional.Features.Count);
        model.Describe(other).Features[0].Expected.Should().NotBe(description.Features[0].Expected);
    }

    [Fact]
    public void A_row_that_is_none_is_refused()
    {
        FluentActions.Invoking(() => Model.Describe(new float[3])).Should().Throw<ArgumentException>().WithMessage("*3 values*");
        FluentActions.Invoking(() => Model.Describe(Rows.AsSpan(0, Layout.RowWidth), level: 1))
            .Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => Model.Describe(Rows.AsSpan(0, Layout.RowWidth), -1)).Should().Throw<ArgumentOutOfRangeException>();
        float[] invalid = [.. Rows[..Layout.RowWidth]];
        invalid[0] = float.PositiveInfinity;
        FluentActions.Invoking(() => Model.Describe(invalid)).Should().Throw<ArgumentException>().WithMessage("*size*infinite*");
    }

    private static float Score(float[] row)
    {
        float[] score = new float[1];
        Model.Score(row, score);
        return score[0];
    }
}
