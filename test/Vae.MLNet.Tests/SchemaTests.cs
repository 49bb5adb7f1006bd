using FluentAssertions;
using Microsoft.ML;
using Microsoft.ML.Data;
using Vae.MLNet.Internals;
using Xunit;

namespace Vae.MLNet.Tests;

public sealed class SchemaTests
{
    private readonly MLContext _mlContext = new(1);

    public static TheoryData<string[], VaeOutputColumns> AcceptedInputs()
    {
        string[][] inputs =
        [
            ["Age"], ["Telephone"], ["Region"], ["Sparse"], ["Features"], ["Housing"], ["Age", "Income"], ["Telephone", "Region"],
            ["Sparse", "Features", "Age", "Telephone", "Region"],
        ];
        var data = new TheoryData<string[], VaeOutputColumns>();
        const VaeOutputColumns two = VaeOutputColumns.CellScores | VaeOutputColumns.Reconstruction;
        VaeOutputColumns[] choices = [VaeOutputColumns.None, VaeOutputColumns.Score, two, VaeOutputColumns.All];
        foreach (var columns in choices)
        {
            foreach (string[] input in inputs)
                data.Add(input, columns);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(AcceptedInputs))]
    public void The_promised_schema_is_the_delivered_one(string[] inputs, VaeOutputColumns columns)
    {
        var data = Prepared();
        var options = Quick.Options(inputs);
        options.AdditionalColumns = columns;
        var estimator = _mlContext.Transforms.VaeEmbed(options);

        var promised = estimator.GetOutputSchema(Shapes.Of(data.Schema));
        var transformer = estimator.Fit(data);

        promised.ShouldEqual(Shapes.Of(transformer.GetOutputSchema(data.Schema)));
        promised.ShouldEqual(Shapes.Of(transformer.Transform(data).Schema));
    }

    [Fact]
    public void Every_column_has_its_type_and_slot_names()
    {
        var options = Quick.Options("Features");
        options.AdditionalColumns = VaeOutputColumns.All;
        var schema = _mlContext.Transforms.VaeEmbed(options).Fit(Prepared()).GetOutputSchema(Prepared().Schema);

        string[] slots = ["Age", "Housing.own", "Housing.rent", "Housing.free", "Income"];
        schema["Embedding"].Type.Should().Be(new VectorDataViewType(NumberDataViewType.Single, 2));
        schema["Embedding"].SlotNames().Should().Equal("Embedding0", "Embedding1");
        schema["EmbeddingLogVariance"].Type.Should().Be(new VectorDataViewType(NumberDataViewType.Single, 2));
        schema["EmbeddingLogVariance"].SlotNames().Should().Equal("EmbeddingLogVariance0", "EmbeddingLogVariance1");
        schema["EmbeddingScore"].Type.Should().Be(NumberDataViewType.Single);
        foreach (string name in new[] { "EmbeddingCellScores", "EmbeddingReconstruction" })
        {
            schema[name].Type.Should().Be(new VectorDataViewType(NumberDataViewType.Single, 5));
            schema[name].SlotNames().Should().BeEquivalentTo(slots);
            schema[name].SlotNames()[0].Should().Be("Age");
        }
    }

    [Fact]
    public void Without_a_request_only_the_embedding_and_its_log_variance_are_appended()
    {
        var data = Tables.Vectors(_mlContext);
        var schema = Quick.Embed(_mlContext, "Features").Fit(data).GetOutputSchema(data.Schema);
        schema.Select(column => column.Name).Should().Equal("Features", "Embedding", "EmbeddingLogVariance");
    }

    [Fact]
    public void A_single_input_can_be_replaced_by_its_embedding()
    {
        var data = Tables.Vectors(_mlContext);
        var estimator = _mlContext.Transforms.VaeEmbed("Features", latentDimension: 3, epochs: 2);

        var view = estimator.Fit(data).Transform(data);

        view.Schema["Features"].Type.Should().Be(new VectorDataViewType(NumberDataViewType.Single, 3));
        estimator.GetOutputSchema(Shapes.Of(data.Schema)).ShouldEqual(Shapes.Of(view.Schema));
        view.Vectors("Features").Should().HaveCount(100).And.OnlyContain(row => row.Length == 3);
    }

    [Fact]
    public void Columns_after_it_can_be_selected_dropped_and_copied()
    {
        var data = Tables.Mixed(_mlContext);
        var pipeline = Quick.MixedPipeline(_mlContext)
            .Append(_mlContext.Transforms.CopyColumns("Copy", "Embedding"))
            .Append(_mlContext.Transforms.DropColumns("EmbeddingScore", "Sparse"))
            .Append(_mlContext.Transforms.SelectColumns("Copy", "EmbeddingLogVariance", "Label"));
        var model = pipeline.Fit(data);
        var view = model.Transform(data);

        view.Schema.Where(column => !column.IsHidden).Select(column => column.Name)
            .Should().BeEquivalentTo("Copy", "EmbeddingLogVariance", "Label");
        view.Vectors("Copy").Should().BeEquivalentTo(
            Quick.MixedPipeline(new MLContext(1)).Fit(data).Transform(data).Embeddings(), options => options.WithStrictOrdering());
        Saved.Reload(model, data.Schema).Transform(data).Vectors("Copy")
            .Should().BeEquivalentTo(view.Vectors("Copy"), options => options.WithStrictOrdering());
    }

    /// <summary>The mixed table with "Housing" one-hot and a vector "Features" with it inside.</summary>
    private IDataView Prepared()
    {
        var data = Tables.Mixed(_mlContext, 60);
        return _mlContext.Transforms.Categorical.OneHotEncoding("Housing")
            .Append(_mlContext.Transforms.Concatenate("Features", "Age", "Housing", "Income"))
            .Fit(data).Transform(data);
    }
}
