using FluentAssertions;
using Microsoft.ML;
using Microsoft.ML.Data;
using Vae.MLNet.Internals;
using Xunit;

namespace Vae.MLNet.Tests;

public sealed class ReasonTests
{
    private readonly MLContext _mlContext = new(1);

    [Fact]
    public void The_column_says_what_Explain_says()
    {
        var data = Tables.Mixed(_mlContext);
        var transformer = Fit(data, "Age", "Income", "Telephone", "Region", "Sparse");

        string[][] reasons = Reasons(transformer.Transform(data));
        var descriptions = transformer.Explain(data).ToArray();

        reasons.Should().HaveCount(descriptions.Length);
        foreach (var (texts, description) in reasons.Zip(descriptions))
        {
            string[] expected = [.. description.Reasons.Select(reason => reason.ToString())];
            texts.Should().Equal([.. expected, .. Enumerable.Repeat("", 3 - expected.Length)]);
        }

        reasons.Count(texts => texts[0].Length > 0).Should().BeGreaterThan(20, "a tenth of the values surprises");
        descriptions.Select(description => description.Score)
            .Should().Equal(transformer.Transform(data).GetColumn<float>("EmbeddingScore"));
    }

    [Fact]
    public void A_wrong_value_is_named_in_its_own_units()
    {
        var data = Tables.Mixed(_mlContext);
        var transformer = Fit(data, "Age", "Income");
        var rows = Tables.MixedRows(1);
        rows[0].Age = 123_456;
        var wrong = _mlContext.Data.LoadFromEnumerable(rows);
        Reasons(transformer.Transform(wrong))[0][0].Should().MatchRegex("^Age is 123,456, expected [0-9.-]+ to [0-9.]+$");
    }

    [Fact]
    public void The_column_is_saved_and_loaded_with_its_number_of_reasons()
    {
        var data = Tables.Mixed(_mlContext);
        var transformer = Estimator(["Age", "Income", "Telephone", "Region", "Sparse"], 5).Fit(data);
        var loaded = (VaeEmbeddingTransformer)Saved.Reload(transformer, data.Schema);

        loaded.AdditionalColumns.Should().Be(VaeOutputColumns.Score | VaeOutputColumns.Reasons);
        loaded.GetOutputSchema(data.Schema)["EmbeddingReasons"].Type
            .Should().Be(new VectorDataViewType(TextDataViewType.Instance, 5));
        Reasons(loaded.Transform(data)).SelectMany(texts => texts)
            .Should().Equal(Reasons(transformer.Transform(data)).SelectMany(texts => texts));
    }

    [Fact]
    public void The_promised_schema_is_the_delivered_one()
    {
        var data = Tables.Mixed(_mlContext);
        var estimator = Estimator("Age", "Income");
        estimator.GetOutputSchema(Shapes.Of(data.Schema)).ShouldEqual(Shapes.Of(estimator.Fit(data).GetOutputSchema(data.Schema)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1_001)]
    public void Too_few_and_too_many_reasons_are_refused(int count)
    {
        var options = Quick.Options("Age");
        options.ReasonCount = count;
        FluentActions.Invoking(() => _mlContext.Transforms.VaeEmbed(options))
            .Should().Throw<ArgumentOutOfRangeException>().WithMessage("*1 to 1000*").WithParameterName("ReasonCount");
    }

    [Fact]
    public void Explain_and_Repair_refuse_data_without_the_columns_before_they_read()
    {
        var detector = Detector();
        var other = _mlContext.Data.LoadFromEnumerable(new[] { new { Other = 1f } });
        FluentActions.Invoking(() => detector.Explain(other)).Should().Throw<ArgumentOutOfRangeException>().WithMessage("*Features*");
        FluentActions.Invoking(() => detector.Repair(other)).Should().Throw<ArgumentOutOfRangeException>().WithMessage("*Features*");
        FluentActions.Invoking(() => detector.Repair(other, 2)).Should().Throw<ArgumentOutOfRangeException>().WithMessage("*p-value*");
        FluentActions.Invoking(() => detector.Explain(null!)).Should().Throw<ArgumentNullException>();
    }

    [Fact]
    public void A_row_that_cannot_be_read_is_named()
    {
        var rows = Tables.VectorRows(3, seed: 2).ToArray();
        rows[2].Features[1] = float.PositiveInfinity;
        var explained = Detector().Explain(_mlContext.Data.LoadFromEnumerable(rows));
        FluentActions.Invoking(() => explained.Count()).Should().Throw<InvalidOperationException>().WithMessage("*infinite*")
            .WithMessage("*in row 2*");
    }

    [Fact]
    public void A_detector_explains_and_repairs_the_rows_of_a_table()
    {
        var detector = Detector();
        var rows = Tables.VectorRows(30, seed: 2).ToArray();
        rows[4].Features[2] += 1000;
        var data = _mlContext.Data.LoadFromEnumerable(rows);

        var descriptions = detector.Explain(data).ToArray();
        var repairs = detector.Repair(data).ToArray();

        var scores = detector.Transform(data).GetColumn<float>("Score").ToArray();
        var alarms = detector.Transform(data).GetColumn<bool>("PredictedLabel").ToArray();
        descriptions.Zip(scores).All(pair => Math.Abs(pair.First.Score - pair.Second) <= 1e-4f * Math.Abs(pair.Second)).Should().BeTrue();
        repairs.Select(repair => repair.Features.Count > 0).Should().Equal(alarms);
        repairs[4].Features.Should().ContainSingle().Which.Feature.Should().Be(detector.Detector.Layout.Features[2]);
        descriptions[4].Reasons[0].Feature.Should().Be(detector.Detector.Layout.Features[2]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_detector_appends_reasons_that_are_saved_with_it(int folds)
    {
        var data = Tables.Mixed(_mlContext, 200);
        var options = DetectorOptions("Age", "Telephone", "Region");
        options.CalibrationFolds = folds;
        options.ReasonsColumnName = "Why";
        options.ReasonCount = 2;
        var estimator = _mlContext.Transforms.VaeDetect(options);
        var detector = estimator.Fit(data);
        var loaded = (VaeDetectionTransformer)Saved.Reload(detector, data.Schema);

        estimator.GetOutputSchema(Shapes.Of(data.Schema)).ShouldEqual(Shapes.Of(loaded.GetOutputSchema(data.Schema)));
        loaded.GetOutputSchema(data.Schema)["Why"].Type.Should().Be(new VectorDataViewType(TextDataViewType.Instance, 2));
        string[][] reasons = Reasons(loaded.Transform(data), "Why");
        reasons.SelectMany(texts => texts).Should().Equal(Reasons(detector.Transform(data), "Why").SelectMany(texts => texts));
        reasons.Zip(detector.Explain(data)).All(pair => pair.First[0] == (pair.Second.Reasons is [var first, ..] ? first.ToString() : ""))
            .Should().BeTrue();
    }

    [Fact]
    public void The_reasons_of_a_detector_need_a_name_of_their_own()
    {
        var options = DetectorOptions("Age");
        options.ReasonsColumnName = "Score";
        FluentActions.Invoking(() => _mlContext.Transforms.VaeDetect(options))
            .Should().Throw<ArgumentOutOfRangeException>().WithMessage("*Output column 'Score' specified multiple times*");
        options.ReasonsColumnName = " ";
        FluentActions.Invoking(() => _mlContext.Transforms.VaeDetect(options))
            .Should().Throw<ArgumentOutOfRangeException>().WithParameterName("ReasonsColumnName");
    }

    private static string[][] Reasons(IDataView view, string column = "EmbeddingReasons") =>
        [.. view.GetColumn<ReadOnlyMemory<char>[]>(column).Select(row => Array.ConvertAll(row, text => text.ToString()))];

    private VaeDetectionTransformer Detector()
    {
        var data = Tables.Vectors(_mlContext, 300);
        return _mlContext.Transforms.VaeDetect(DetectorOptions("Features")).Fit(data);
    }

    private static VaeDetectionEstimator.Options DetectorOptions(params string[] inputs) => new()
    {
        InputColumnNames = inputs,
        FalseAlarmRate = 0.05,
        Model = Quick.Model with { Epochs = 50 },
        Trainer = TrainerKind.Managed,
        Seed = 7,
    };

    private VaeEmbeddingTransformer Fit(IDataView data, params string[] inputs) => Estimator(inputs).Fit(data);

    private VaeEmbeddingEstimator Estimator(params string[] inputs) => Estimator(inputs, 3);

    private VaeEmbeddingEstimator Estimator(string[] inputs, int reasonCount)
    {
        var options = Quick.Options(inputs);
        options.AdditionalColumns = VaeOutputColumns.Score | VaeOutputColumns.Reasons;
        options.ReasonCount = reasonCount;
        options.Trainer = TrainerKind.Managed;
        return _mlContext.Transforms.VaeEmbed(options);
    }
}
