using FluentAssertions;
using Microsoft.ML;
using Microsoft.ML.Data;
using Vae.MLNet;
using Vae.Options;

namespace Vae.Reports.Tests;

/// <summary>Reports of fitted ML.NET pipelines.</summary>
public sealed class PipelineTests
{
    private static readonly VaeOptions Quick = new() { LatentDimension = 2, HiddenLayers = [8], Epochs = 3, ValidationFraction = 0 };

    private readonly MLContext _mlContext = new(1);

    [Fact]
    public void A_pipeline_is_coloured_by_what_comes_out_of_it_and_mapped_by_what_goes_into_the_autoencoder()
    {
        var data = Data();
        var embed = Embed();
        var model = embed.Append(_mlContext.Clustering.Trainers.KMeans("Embedding", numberOfClusters: 2))
            .Append(_mlContext.Transforms.NormalizeMinMax("Features")).Fit(data);

        var report = model.Report(data, new VaeReportOptions { ColorBy = ["PredictedLabel", "Label", "Site", "Count"] });

        var map = ReportTable.Data(report.ToHtml()).GetProperty("map");
        var colours = map.GetProperty("colours").EnumerateArray().ToArray();
        colours[..4].Select(colour => colour.GetProperty("name").GetString()).Should().Equal("PredictedLabel", "Label", "Site", "Count");
        colours[0].GetProperty("categories").EnumerateArray().Select(name => name.GetString()).Should().BeEquivalentTo("1", "2");
        colours[1].GetProperty("categories").EnumerateArray().Select(name => name.GetString()).Should().BeEquivalentTo("true", "false");
        colours[2].GetProperty("categories").EnumerateArray().Select(name => name.GetString()).Should().BeEquivalentTo("north", "south");
        colours[3].GetProperty("categories").ValueKind.Should().Be(System.Text.Json.JsonValueKind.Null, "there are many different counts");
        var embeddings = model.OfType<VaeEmbeddingTransformer>().Single().Transform(data).GetColumn<float[]>("Embedding");
        var axes = map.GetProperty("axes").EnumerateArray().Take(2)
            .ToDictionary(axis => axis.GetProperty("name").GetString()!, axis => axis.GetProperty("values"));
        embeddings.Select((embedding, row) => Math.Abs(embedding[0] - axes["dimension 1"][row].GetDouble())
            + Math.Abs(embedding[1] - axes["dimension 2"][row].GetDouble())).Should().OnlyContain(difference => difference < 2e-3);
    }

    [Fact]
    public void A_loaded_model_is_reported_as_the_fitted_one()
    {
        var data = Data();
        var model = Embed().Fit(data);
        using var folder = new TemporaryFolder();
        _mlContext.Model.Save(model, data.Schema, folder["model.zip"]);

        _mlContext.Model.Load(folder["model.zip"], out _).SaveReport(folder["loaded.html"], data);

        File.ReadAllText(folder["loaded.html"]).Should().Be(model.Report(data).ToHtml());
    }

    [Fact]
    public void A_detection_transformer_is_reported_with_its_alarms()
    {
        var data = Data();
        var model = _mlContext.Transforms.VaeDetect(new VaeDetectionEstimator.Options
        {
            InputColumnNames = ["Features"],
            FalseAlarmRate = 0.1,
            Model = Quick,
            Seed = 1,
        }).Fit(data);

        var page = ReportTable.Data(model.Report(data, new VaeReportOptions { ColorBy = ["PredictedLabel"] }).ToHtml());

        int alarms = model.Transform(data).GetColumn<bool>("PredictedLabel").Count(alarm => alarm);
        page.GetProperty("tiles")[3].GetProperty("name").GetString().Should().Be("Alarms");
        page.GetProperty("tiles")[3].GetProperty("value").GetString().Should().Be(alarms.ToString(null, null));
    }

    [Fact]
    public void What_cannot_be_reported_is_named()
    {
        var data = Data();
        var model = Embed().Fit(data);

        model.Invoking(m => m.Report(data, new VaeReportOptions { ColorBy = ["Colour"] }))
            .Should().Throw<ArgumentException>().WithMessage("*'Colour' is neither a feature of the model nor a column*");
        model.Invoking(m => m.Report(data, new VaeReportOptions { ColorBy = ["Features"] }))
            .Should().Throw<ArgumentException>().WithMessage("*'Features' is Vector<Single, 3>*");
        _mlContext.Transforms.CopyColumns("A", "Features").Fit(data).Invoking(m => m.Report(data))
            .Should().Throw<ArgumentException>().WithMessage("*neither VaeEmbed nor VaeDetect*");
    }

    private VaeEmbeddingEstimator Embed() => _mlContext.Transforms.VaeEmbed(
        new VaeEmbeddingEstimator.Options { InputColumnNames = ["Features"], Model = Quick, Seed = 1 });

    private IDataView Data() => _mlContext.Data.LoadFromEnumerable(Enumerable.Range(0, 120).Select(i => new Row
    {
        Features = [i, i % 7, i % 2 == 0 ? 100 - i : i],
        Label = i % 2 == 0,
        Site = i < 60 ? "north" : "south",
        Count = i * i,
    }));

    private sealed class Row
    {
        [VectorType(3)]
        public float[] Features { get; set; } = [];

        public bool Label { get; set; }

        public string Site { get; set; } = "";

        public int Count { get; set; }
    }
}
