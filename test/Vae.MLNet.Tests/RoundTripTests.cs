using FluentAssertions;
using Microsoft.ML;
using Microsoft.ML.Data;
using Xunit;

namespace Vae.MLNet.Tests;

public sealed class RoundTripTests
{
    private readonly MLContext _mlContext = new(1);

    [Fact]
    public void A_mixed_pipeline_round_trips_bit_for_bit_through_a_path()
    {
        using var folder = new TemporaryFolder();
        var data = Tables.Mixed(_mlContext);
        var model = Quick.MixedPipeline(_mlContext).Fit(data);

        _mlContext.Model.Save(model, data.Schema, folder["model.zip"]);
        var loaded = new MLContext().Model.Load(folder["model.zip"], out var schema);

        loaded.Transform(data).Everything().Should().BeEquivalentTo(model.Transform(data).Everything(), Exactly);
        schema.Select(column => column.Name).Should().Equal(data.Schema.Select(column => column.Name));
    }

    [Fact]
    public void A_model_round_trips_through_a_stream()
    {
        var data = Tables.Mixed(_mlContext);
        var model = Quick.MixedPipeline(_mlContext).Fit(data);

        var loaded = Saved.Reload(model, data.Schema);

        loaded.Transform(data).Everything().Should().BeEquivalentTo(model.Transform(data).Everything(), Exactly);
    }

    [Fact]
    public void A_model_round_trips_with_its_loader()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllLines(
            folder["rows.csv"],
            Tables.VectorRows().Select(row => FormattableString.Invariant($"{row.Features[0]},{row.Features[1]},{row.Features[2]}")));
        var loader = _mlContext.Data.CreateTextLoader([new TextLoader.Column("Features", DataKind.Single, 0, 2)], ',');
        var data = loader.Load(folder["rows.csv"]);
        var model = Quick.Embed(_mlContext, "Features").Fit(data);

        _mlContext.Model.Save(model, loader, folder["model.zip"]);
        var loaded = new MLContext().Model.LoadWithDataLoader(folder["model.zip"], out var loadedLoader);

        loaded.Transform(loadedLoader.Load(new MultiFileSource(folder["rows.csv"]))).Embeddings()
            .Should().BeEquivalentTo(model.Transform(data).Embeddings(), Exactly);
    }

    [Fact]
    public void Two_embeddings_in_one_pipeline_inside_nested_chains_round_trip()
    {
        var data = Tables.Mixed(_mlContext);
        var second = Quick.Options("Age", "Region");
        second.OutputColumnName = "Second";
        var inner = Quick.Embed(_mlContext, "Sparse").Append(_mlContext.Transforms.VaeEmbed(second));
        var pipeline = _mlContext.Transforms.CopyColumns("Copy", "Sparse").Append(inner)
            .Append(_mlContext.Transforms.Concatenate("Both", "Embedding", "Second"));
        var model = pipeline.Fit(data);

        var loaded = Saved.Reload(model, data.Schema);

        loaded.Transform(data).Vectors("Both").Should().BeEquivalentTo(model.Transform(data).Vectors("Both"), Exactly);
        loaded.Transform(data).Vectors("Both")[0].Should().HaveCount(4);
    }

    [Fact]
    public void A_loaded_transformer_knows_its_model_history_diagnosis_and_columns()
    {
        var data = Tables.Vectors(_mlContext);
        var options = Quick.Options("Features");
        options.AdditionalColumns = VaeOutputColumns.Score | VaeOutputColumns.Reconstruction;
        var model = _mlContext.Transforms.VaeEmbed(options).Fit(data);

        var loaded = Saved.Reload(model, data.Schema).Should().BeOfType<VaeEmbeddingTransformer>().Subject;

        loaded.Model.Options.Should().BeEquivalentTo(model.Model.Options);
        loaded.Model.Layout.Should().Be(model.Model.Layout);
        loaded.History.Should().BeEquivalentTo(model.History);
        loaded.Diagnosis.Should().BeEquivalentTo(model.Diagnosis);
        loaded.InputColumnNames.Should().Equal("Features");
        loaded.OutputColumnName.Should().Be("Embedding");
        loaded.AdditionalColumns.Should().Be(options.AdditionalColumns);
    }

    [Fact]
    public void The_embedding_feeds_a_trainer_and_the_whole_is_saved()
    {
        var data = Tables.Mixed(_mlContext);
        var pipeline = Quick.MixedPipeline(_mlContext, VaeOutputColumns.None)
            .Append(_mlContext.BinaryClassification.Trainers.SdcaLogisticRegression("Label", "Embedding"));
        var model = pipeline.Fit(data);

        var loaded = Saved.Reload(model, data.Schema);

        _mlContext.BinaryClassification.Evaluate(loaded.Transform(data)).AreaUnderRocCurve
            .Should().Be(_mlContext.BinaryClassification.Evaluate(model.Transform(data)).AreaUnderRocCurve).And.BeGreaterThan(0.6);
    }

    private static FluentAssertions.Equivalency.EquivalencyAssertionOptions<float[]> Exactly(
        FluentAssertions.Equivalency.EquivalencyAssertionOptions<float[]> options) => options.WithStrictOrdering();
}
