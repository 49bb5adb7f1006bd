using FluentAssertions;
using Microsoft.ML;
using Vae.Data;
using Vae.MLNet.Internals;
using Xunit;

namespace Vae.MLNet.Tests;

/// <summary>Condition columns: read like inputs, given to encoder and decoder, never reconstructed.</summary>
public sealed class ConditionTests
{
    private readonly MLContext _mlContext = new(1);

    [Fact]
    public void Conditions_of_every_type_are_groups_of_the_layout_that_are_not_modelled()
    {
        var data = Encoded();
        var layout = Fit(data, ["Age", "Income"], ["Weight", "Telephone", "Region", "Sparse", "Housing"]).Model.Layout;
        layout.Groups.Select(group => group.ToString()).Should().Equal("Numeric Age[0..1)", "Numeric Income[1..2)");
        layout.Conditions.Select(group => group.ToString()).Should().Equal(
            "Numeric Weight[2..3)", "Binary Telephone[3..4)", "OneHot Region[4..8)", "Numeric Sparse[8..14)", "OneHot Housing[14..17)");
    }

    [Fact]
    public void A_feature_kind_says_what_a_condition_holds()
    {
        var options = Options(["Age"], ["Sparse"]);
        options.FeatureKinds["Sparse"] = FeatureKind.Numeric;
        options.FeatureKinds["Weight"] = FeatureKind.Numeric;
        Failure.Of<ArgumentOutOfRangeException>(
            () => _mlContext.Transforms.VaeEmbed(options).Fit(Tables.Mixed(_mlContext)), "FeatureKinds", "'Weight'");
        options.FeatureKinds.Remove("Weight");
        options.ConditionColumnNames = ["Label", "Sparse"];
        options.FeatureKinds["Label"] = FeatureKind.Numeric;
        _mlContext.Transforms.VaeEmbed(options).Fit(Tables.Mixed(_mlContext)).Model.Layout.Conditions[0].Kind
            .Should().Be(FeatureKind.Numeric);
    }

    [Fact]
    public void Values_reach_their_slots()
    {
        var data = Tables.Mixed(_mlContext);
        var transformer = Fit(data, ["Age"], ["Region", "Telephone", "Sparse"]);
        float[] expected = new float[2];
        foreach (var (row, embedding) in Tables.MixedRows().Zip(transformer.Transform(data).Embeddings()))
        {
            var slots = new float[12];
            slots[0] = row.Age;
            if (row.Region < 4) slots[1 + row.Region] = 1;
            slots[5] = row.Telephone ? 1 : 0;
            row.Sparse.CopyTo(slots, 6);
            transformer.Model.Encode(slots, expected);
            embedding.Should().Equal(expected);
        }
    }

    [Fact]
    public void Another_condition_gives_another_embedding_and_reconstruction_of_the_same_values()
    {
        var rows = Tables.MixedRows();
        var transformer = Fit(_mlContext.Data.LoadFromEnumerable(rows), ["Age", "Income"], ["Label"]);
        MixedRow[] pair = [new() { Age = 40, Income = 2500, Label = false }, new() { Age = 40, Income = 2500, Label = true }];

        var view = transformer.Transform(_mlContext.Data.LoadFromEnumerable(pair));

        view.Embeddings()[0].Should().NotEqual(view.Embeddings()[1]);
        view.Vectors("EmbeddingReconstruction")[0].Should().NotEqual(view.Vectors("EmbeddingReconstruction")[1]);
        view.Scores()[0].Should().NotBe(view.Scores()[1]);
    }

    [Fact]
    public void A_class_conditional_model_samples_rows_of_the_class_that_is_asked_for()
    {
        const int count = 500;
        var data = Tables.Mixed(_mlContext, 400);
        var options = Options(["Age", "Income"], ["Label"]);
        options.Epochs = 60;
        options.LearningRate = 0.01;
        var model = _mlContext.Transforms.VaeEmbed(options).Fit(data).Model;

        float[] young = Sample(model, count, 0);
        float[] old = Sample(model, count, 1);

        // "Label" is true for the upper half of the ages from 20 to 61.
        Ages(young).Average().Should().BeApproximately(30.5f, 3);
        Ages(old).Average().Should().BeApproximately(50.5f, 3);
        Ages(young).Count(age => age > 45).Should().BeLessThan(count / 10);
        Ages(old).Count(age => age < 36).Should().BeLessThan(count / 10);
    }

    [Fact]
    public void A_missing_condition_is_known_as_missing()
    {
        var transformer = Fit(Tables.Mixed(_mlContext), ["Age"], ["Income", "Region"]);
        MixedRow[] rows = [new() { Age = 40, Income = float.NaN, Region = 7 }];
        var view = transformer.Transform(_mlContext.Data.LoadFromEnumerable(rows));
        view.Everything()[0].Should().OnlyContain(value => float.IsFinite(value));
        transformer.Model.Layout.RowWidth.Should().Be(6);
    }

    [Fact]
    public void The_promised_schema_is_the_delivered_one_and_covers_only_what_is_modelled()
    {
        var data = Encoded();
        var estimator = _mlContext.Transforms.VaeEmbed(Options(["Age", "Income"], ["Housing", "Region"]));

        var schema = estimator.Fit(data).Transform(data).Schema;

        estimator.GetOutputSchema(Shapes.Of(data.Schema)).ShouldEqual(Shapes.Of(schema));
        foreach (string name in new[] { "EmbeddingCellScores", "EmbeddingReconstruction" })
            schema[name].SlotNames().Should().Equal("Age", "Income");
        schema["Embedding"].SlotNames().Should().Equal("Embedding0", "Embedding1");
    }

    [Fact]
    public void A_condition_does_not_change_the_slot_names_of_a_single_input()
    {
        var data = _mlContext.Transforms.Concatenate("Features", "Age", "Income")
            .Fit(Tables.Mixed(_mlContext)).Transform(Tables.Mixed(_mlContext));
        Fit(data, ["Features"], ["Label"]).GetOutputSchema(data.Schema)["EmbeddingReconstruction"].SlotNames()
            .Should().Equal("Age", "Income");
    }

    [Theory]
    [InlineData("Embedding")]
    [InlineData("EmbeddingLogVariance")]
    [InlineData("EmbeddingReconstruction")]
    public void Every_output_column_reads_the_conditions_and_no_other_column(string output)
    {
        var recording = new RecordingDataView(Tables.Mixed(_mlContext));
        var transformer = Fit(recording, ["Age"], ["Region"]);
        recording.Requested.Should().BeEquivalentTo("Age", "Region");
        recording.Requested.Clear();

        transformer.Transform(recording).Vectors(output).Should().HaveCount(120);

        recording.Requested.Should().BeEquivalentTo("Age", "Region");
    }

    [Fact]
    public void A_conditional_model_round_trips_bit_for_bit()
    {
        var data = Tables.Mixed(_mlContext);
        var model = _mlContext.Transforms.Categorical.OneHotEncoding("Housing")
            .Append(_mlContext.Transforms.VaeEmbed(Options(["Age", "Sparse"], ["Housing", "Income", "Telephone", "Region"]))).Fit(data);

        var loaded = Saved.Reload(model, data.Schema).Should().BeOfType<Microsoft.ML.Data.TransformerChain<ITransformer>>().Subject;

        loaded.Transform(data).Everything()
            .Should().BeEquivalentTo(model.Transform(data).Everything(), options => options.WithStrictOrdering());
        var embedding = loaded.Last().Should().BeOfType<VaeEmbeddingTransformer>().Subject;
        embedding.InputColumnNames.Should().Equal("Age", "Sparse");
        embedding.ConditionColumnNames.Should().Equal("Housing", "Income", "Telephone", "Region");
        embedding.Model.Layout.Should().Be(model.LastTransformer.Model.Layout);
        Sample(embedding.Model, 4, new float[embedding.Model.Layout.ConditionSlotCount])
            .Should().Equal(Sample(model.LastTransformer.Model, 4, new float[embedding.Model.Layout.ConditionSlotCount]));
    }

    [Fact]
    public void A_model_without_conditions_says_so() =>
        Quick.Embed(_mlContext, "Age").Fit(Tables.Mixed(_mlContext)).ConditionColumnNames.Should().BeEmpty();

    private static float[] Sample(VaeModel model, int count, params float[] condition)
    {
        var rows = new float[count * model.Layout.SlotCount];
        model.Sample(rows, new Random(3), [.. Enumerable.Repeat(condition, count).SelectMany(values => values)]);
        return rows;
    }

    private static IEnumerable<float> Ages(float[] rows) => rows.Where((_, i) => i % 2 == 0);

    private static VaeEmbeddingEstimator.Options Options(string[] inputs, string[] conditions)
    {
        var options = Quick.Options(inputs);
        options.ConditionColumnNames = conditions;
        options.AdditionalColumns = VaeOutputColumns.All;
        options.Trainer = TrainerKind.Managed;
        return options;
    }

    private VaeEmbeddingTransformer Fit(IDataView data, string[] inputs, string[] conditions) =>
        _mlContext.Transforms.VaeEmbed(Options(inputs, conditions)).Fit(data);

    private IDataView Encoded()
    {
        var data = Tables.Mixed(_mlContext);
        return _mlContext.Transforms.Categorical.OneHotEncoding("Housing").Fit(data).Transform(data);
    }
}
