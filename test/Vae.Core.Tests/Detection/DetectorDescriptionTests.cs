using FluentAssertions;
using Vae.Data;
using Vae.Detection;
using Vae.Options;
using Vae.Training.Managed;
using Xunit;

namespace Vae.Core.Tests.Detection;

public sealed class DetectorDescriptionTests
{
    private static readonly FeatureLayout Layout =
        new FeatureLayoutBuilder().Numeric("x", 2).OneHot("kind", ["a", "b", "never"]).Binary("flag").Build();

    /// <summary>"kind" and "flag" say whether x is positive; "never" is in no row.</summary>
    private static readonly float[] Rows = [.. Enumerable.Range(0, 200).SelectMany(row =>
    {
        float x = 0.1f * (row % 21 - 10);
        return new[] { x, 2 * x + 0.01f * (row % 7), x > 0 ? 1f : 0, x > 0 ? 0 : 1, 0, x > 0 ? 1 : 0 };
    })];

    private static readonly VaeDetector Detector = Train(1);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void An_unseen_category_is_a_reason_and_carries_its_cost(float never)
    {
        float[] row = [0.5f, 1, 0, 0, never, 1];
        var description = Detector.Describe(row);
        var kind = description.Features[2];

        kind.IsUnseen.Should().BeTrue();
        kind.IsMissing.Should().BeFalse();
        kind.Probability.Should().Be(0);
        kind.Value.Should().Be(never == 1 ? 2 : float.NaN);
        kind.Excess.Should().BeGreaterThan(MathF.Log(20), "so many rows at least have the rarest known category");
        description.Reasons[0].Feature.Should().BeSameAs(kind.Feature);
        description.ToString().Should().Contain("training did not see, expected 'a' (");
        SumOf(description).Should().BeApproximately(Score(Detector, row), 1e-3f);
        description.Score.Should().BeApproximately(Score(Detector, row), 1e-3f);
    }

    [Fact]
    public void A_yes_where_no_is_expected_is_a_reason()
    {
        var flag = Detector.Describe([-0.8f, -1.6f, 0, 1, 0, 1]).Reasons[0];
        flag.ToString().Should().StartWith("flag is yes, expected no (0.");
        flag.Probability.Should().BeApproximately(1 - flag.ExpectedProbability, 1e-6f);
    }

    [Fact]
    public void Several_models_describe_a_row_by_their_mean()
    {
        var detector = Train(3);
        float[] row = [0.9f, -1.5f, 1, 0, 0, 1];
        var description = detector.Describe(row);
        var parts = detector.Models.Select(model => model.Describe(row)).ToArray();

        description.Score.Should().BeApproximately(Score(detector, row), 1e-4f * description.Score);
        SumOf(description).Should().BeApproximately(description.Score, 1e-4f * description.Score);
        description.Features[0].Expected.Should().BeApproximately(parts.Average(part => part.Features[0].Expected), 1e-5f);
        description.Features[0].Excess.Should().BeApproximately(parts.Average(part => part.Features[0].Excess), 1e-3f);
        detector.Repair(row).After.PValue.Should().BeGreaterThan(0.05f);
    }

    [Fact]
    public void An_unseen_category_is_repaired()
    {
        var repair = Detector.Repair([0.5f, 1, 0, 0, 1, 1]);
        repair.Features.Should().ContainSingle().Which.IsUnseen.Should().BeTrue();
        repair.Row.ToArray().Should().Equal(0.5f, 1, 1, 0, 0, 1);
    }

    private static float SumOf(Vae.Explanation.RowDescription description) =>
        description.Features.Sum(feature => feature.Share) + description.KullbackLeibler;

    private static float Score(VaeDetector detector, float[] row)
    {
        var detections = new RowDetection[1];
        detector.Detect(row, detections);
        return detections[0].Score;
    }

    private static VaeDetector Train(int folds) => VaeDetector.Train(
        new ManagedTrainer(), new MatrixRows(Layout, Rows), new DetectionOptions
        {
            Model = new VaeOptions { LatentDimension = 2, HiddenLayers = [16], Epochs = 60 },
            FalseAlarmRate = 0.05,
            Trim = 0,
            CalibrationFolds = folds,
        });
}
