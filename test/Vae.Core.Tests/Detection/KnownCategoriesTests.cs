using FluentAssertions;
using Vae.Data;
using Vae.Detection;
using Vae.Options;
using Vae.Training.Managed;
using Xunit;

namespace Vae.Core.Tests.Detection;

public sealed class KnownCategoriesTests
{
    private static readonly FeatureLayout Layout =
        new FeatureLayoutBuilder().Numeric("x").OneHot("kind", ["a", "b", "c", "other"]).OneHot("gap", ["p", "q"]).Build();

    /// <summary>120 rows: "a" in 90, "b" in 20, "c" in 10, "other" in none; "gap" is missing in a fourth of them.</summary>
    private static readonly float[] Rows = [.. Enumerable.Range(0, 120).SelectMany(row =>
    {
        int kind = row < 90 ? 0 : row < 110 ? 1 : 2;
        float[] values = [kind + 0.1f * (row % 7), 0, 0, 0, 0, row % 4 == 1 ? 1 : 0, row % 4 > 1 ? 1 : 0];
        values[1 + kind] = 1;
        return values;
    })];

    private static readonly VaeDetector Detector = VaeDetector.Train(
        new ManagedTrainer(), new MatrixRows(Layout, Rows), new DetectionOptions
        {
            Model = new VaeOptions { LatentDimension = 2, HiddenLayers = [8], Epochs = 20 },
            FalseAlarmRate = 0.1,
            Trim = 0,
        });

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void An_unseen_category_costs_more_than_the_rarest_known_one(int value)
    {
        float rarest = Score([value, 0, 0, 1, 0, 0, 1]);
        int count = Detector.Parts[0].Known.Counts[2];
        count.Should().BeInRange(1, 10);
        Score([value, 0, 0, 0, 0, 0, 1]).Should().BeApproximately(rarest + MathF.Log(count + 1), 1e-4f, "all zeros never were");
        Score([value, 0, 0, 0, 1, 0, 1]).Should().BeApproximately(rarest + MathF.Log(count + 1), 1e-4f, "\"other\" never was");
    }

    [Fact]
    public void A_missing_value_adds_nothing()
    {
        float known = Score([1, 0, 0, 1, 0, 0, 1]);
        Score([1, float.NaN, float.NaN, float.NaN, float.NaN, 0, 1]).Should().BeLessThan(known);
        Detector.Parts[0].Known.Replace([1, float.NaN, float.NaN, float.NaN, float.NaN, 0, 1]).Should().Be(0);
    }

    [Fact]
    public void All_zeros_are_missing_where_training_rows_have_them_too()
    {
        float[] row = [1, 1, 0, 0, 0, 0, 0];
        Detector.Parts[0].Known.Replace(row).Should().Be(0);
        row.Should().Equal(1, 1, 0, 0, 0, 0, 0);
    }

    [Fact]
    public void Nothing_is_unseen_in_a_group_without_a_known_category()
    {
        var known = KnownCategories.Of(Layout, action => action([0, float.NaN, 0, 0, 0, 1, 0], 1, 0));
        known.Replace([0, 1, 0, 0, 0, 1, 0]).Should().Be(0);
        known.Replace([0, 1, 0, 0, 0, 0, 1]).Should().Be(MathF.Log(2));
    }

    private static float Score(float[] row)
    {
        var detections = new RowDetection[1];
        Detector.Detect(row, detections);
        return detections[0].Score;
    }
}
