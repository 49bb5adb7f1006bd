using FluentAssertions;
using Microsoft.ML;
using Microsoft.ML.Data;
using Vae.MLNet.Synthesis;
using Vae.Options;
using Xunit;

namespace Vae.MLNet.Tests;

/// <summary>New rows as a data view.</summary>
public sealed class SampleTests
{
    private static readonly MLContext MLContext = new(1);

    private static readonly Lazy<(ITransformer Pipeline, VaeEmbeddingTransformer Vae)> Fitted = new(() =>
    {
        var options = Quick.Options("Features", "Telephone", "Region");
        options.Model = VaeOptions.ForSynthesis with { LatentDimension = 2, HiddenLayers = [16], Epochs = 30, MixtureComponents = 2 };
        var pipeline = MLContext.Transforms.Categorical.OneHotEncoding("Housing")
            .Append(MLContext.Transforms.Conversion.MapValueToKey("Region", "Job"))
            .Append(MLContext.Transforms.Concatenate("Features", "Age", "Housing", "Income"))
            .Append(MLContext.Transforms.VaeEmbed(options));
        var model = pipeline.Fit(Tables.Mixed(MLContext, 400));
        return (model, model.LastTransformer);
    });

    [Fact]
    public void The_columns_come_back_as_they_were_read()
    {
        var rows = Fitted.Value.Vae.Sample(MLContext, 100, seed: 3);
        var read = Fitted.Value.Pipeline.Transform(Tables.Mixed(MLContext, 5)).Schema;
        rows.Schema.Select(column => column.Name).Should().Equal("Features", "Telephone", "Region");
        foreach (string name in new[] { "Features", "Telephone", "Region" })
            rows.Schema[name].Type.Should().Be(read[name].Type);
        rows.Schema["Features"].SlotNames().Should().Equal(read["Features"].SlotNames());
        Ranges(rows).Should().Equal(Ranges(Fitted.Value.Pipeline.Transform(Tables.Mixed(MLContext, 5))));
        KeyValues(rows.Schema["Region"]).Should().Equal(KeyValues(read["Region"]));
        rows.GetRowCount().Should().Be(100);
        rows.GetColumn<uint>("Region").Should().HaveCount(100).And.OnlyContain(key => key >= 1 && key <= 4);
        foreach (float[] features in rows.Vectors("Features"))
        {
            features[1..4].Should().BeSubsetOf([0, 1]);
            features[1..4].Sum().Should().Be(1);
        }
    }

    [Fact]
    public void Each_feature_can_have_a_column_of_its_own_with_texts()
    {
        var rows = Fitted.Value.Vae.Sample(MLContext, 50, columns: SyntheticColumns.Features);
        rows.Schema.Select(column => column.Name).Should().Equal("Age", "Housing", "Income", "Telephone", "Region");
        rows.GetColumn<string>("Housing").Should().HaveCount(50).And.BeSubsetOf(["own", "rent", "free"]);
        rows.GetColumn<string>("Region").Should().BeSubsetOf(["clerk", "nurse", "smith", ""]);
        rows.GetColumn<float>("Age").Should().OnlyContain(age => age >= 20 && age <= 61);
        rows.GetColumn<bool>("Telephone").Distinct().Should().HaveCount(2);
        var both = Fitted.Value.Vae.Sample(MLContext, 50, columns: SyntheticColumns.Features | SyntheticColumns.Inputs);
        both.Vectors("Features").Select(row => row[0]).Should().Equal(both.GetColumn<float>("Age"));
        both.GetColumn<float>("Age").Should().Equal(rows.GetColumn<float>("Age"));
    }

    [Fact]
    public void Every_cursor_reads_the_same_rows_and_a_saved_model_draws_them_too()
    {
        var rows = Fitted.Value.Vae.Sample(MLContext, 600, seed: 5);
        float[][] first = rows.Vectors("Features");
        rows.Vectors("Features").Should().BeEquivalentTo(first, order => order.WithStrictOrdering());
        MLContext.Data.Cache(rows).Vectors("Features").Should().BeEquivalentTo(first, order => order.WithStrictOrdering());
        var transformer = (VaeEmbeddingTransformer)Saved.Reload(Fitted.Value.Vae, rows.Schema);
        transformer.Sample(new MLContext(), 600, seed: 5).Vectors("Features")
            .Should().BeEquivalentTo(first, order => order.WithStrictOrdering());
    }

    [Fact]
    public void New_rows_go_through_the_transformer_and_what_follows_it()
    {
        var rows = Fitted.Value.Vae.Sample(MLContext, 300);
        var embedded = Fitted.Value.Vae.Transform(rows);
        embedded.Embeddings().Should().HaveCount(300).And.OnlyContain(row => row.All(float.IsFinite));
        var trainer = MLContext.BinaryClassification.Trainers.LbfgsLogisticRegression("Telephone", "Embedding");
        trainer.Fit(embedded).Transform(embedded).GetColumn<float>("Score").Should().OnlyContain(score => float.IsFinite(score));
    }

    [Fact]
    public void Given_columns_are_in_every_row()
    {
        var where = new Dictionary<string, object> { ["Housing"] = "own", ["Telephone"] = false };
        var rows = Fitted.Value.Vae.Sample(MLContext, 200, where, columns: SyntheticColumns.Features);
        rows.GetColumn<string>("Housing").Should().OnlyContain(housing => housing == "own");
        rows.GetColumn<bool>("Telephone").Should().OnlyContain(telephone => !telephone);

        // Owners are the youngest third of the table: 20 to 34 years of 20 to 61.
        rows.GetColumn<float>("Age").Average().Should().BeLessThan(35);
    }

    [Fact]
    public void What_cannot_be_is_refused_in_the_words_of_ML_NET()
    {
        var vae = Fitted.Value.Vae;
        Refuse(() => vae.Sample(MLContext, 1, new Dictionary<string, object> { ["Housing"] = "castle" }), "*no category 'castle'*'own'*");
        Refuse(() => vae.Sample(MLContext, 1, new Dictionary<string, object> { ["Castle"] = "own" }), "*no column 'Castle'*");
        Refuse(() => vae.Sample(MLContext, -1), "*fewer than no rows*");
        Refuse(() => vae.Sample(MLContext, 1, columns: 0), "*no columns*");

        static void Refuse(Action sample, string message) =>
            sample.Should().Throw<ArgumentException>().WithMessage(message).ShouldBeMarked();
    }

    [Fact]
    public void A_cursor_that_is_on_no_row_says_so()
    {
        var rows = Fitted.Value.Vae.Sample(MLContext, 1);
        using var cursor = rows.GetRowCursor([rows.Schema["Telephone"]]);
        bool value = false;
        var getter = cursor.GetGetter<bool>(rows.Schema["Telephone"]);
        Assert.Throws<InvalidOperationException>(() => getter(ref value));
        cursor.MoveNext().Should().BeTrue();
        getter(ref value);
        cursor.MoveNext().Should().BeFalse();
        cursor.MoveNext().Should().BeFalse();
        Assert.Throws<InvalidOperationException>(() => getter(ref value));
        Assert.Throws<InvalidOperationException>(() => cursor.GetGetter<float>(rows.Schema["Telephone"]));
        Assert.Throws<ArgumentOutOfRangeException>(() => cursor.GetGetter<uint>(rows.Schema["Region"]));
    }

    private static int[] Ranges(IDataView data)
    {
        var ranges = default(VBuffer<int>);
        data.Schema["Features"].Annotations.GetValue("CategoricalSlotRanges", ref ranges);
        return [.. ranges.DenseValues()];
    }

    private static string[] KeyValues(DataViewSchema.Column column)
    {
        var values = default(VBuffer<ReadOnlyMemory<char>>);
        column.GetKeyValues(ref values);
        return [.. values.DenseValues().Select(value => value.ToString())];
    }
}
