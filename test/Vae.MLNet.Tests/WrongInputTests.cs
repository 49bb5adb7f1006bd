using System.Globalization;
using FluentAssertions;
using Microsoft.ML;
using Microsoft.ML.Data;
using Vae.Data;
using Vae.MLNet.Internals;
using Xunit;

namespace Vae.MLNet.Tests;

/// <summary>Wrong inputs fail at Fit or earlier, in ML.NET's words, with the name of what is wrong.</summary>
public sealed class WrongInputTests
{
    private readonly MLContext _mlContext = new(1);

    [Fact]
    public void A_missing_column()
    {
        var data = Tables.Mixed(_mlContext);
        var estimator = Quick.Embed(_mlContext, "Age", "Nowhere");
        Failure.Of<ArgumentOutOfRangeException>(() => estimator.Fit(data), "Could not find input column 'Nowhere'");
        Failure.Of<ArgumentOutOfRangeException>(
            () => estimator.GetOutputSchema(Shapes.Of(data.Schema)), "Could not find input column 'Nowhere'");
    }

    [Fact]
    public void A_text_column()
    {
        var data = Tables.Mixed(_mlContext);
        var estimator = Quick.Embed(_mlContext, "Housing");
        Failure.Of<ArgumentOutOfRangeException>(() => estimator.Fit(data), "Schema mismatch for input column 'Housing'", "got String");
        Failure.Of<ArgumentOutOfRangeException>(
            () => estimator.GetOutputSchema(Shapes.Of(data.Schema)), "Schema mismatch for input column 'Housing'", "got String");
    }

    [Fact]
    public void A_vector_of_unknown_size()
    {
        var data = _mlContext.Data.LoadFromEnumerable(new[] { new { Features = new[] { 1f, 2f } } });
        var estimator = Quick.Embed(_mlContext, "Features");
        Failure.Of<ArgumentOutOfRangeException>(() => estimator.Fit(data), "Schema mismatch for input column 'Features'", "known size");
        Failure.Of<ArgumentOutOfRangeException>(
            () => estimator.GetOutputSchema(Shapes.Of(data.Schema)), "'Features'", "known size", "VarVector");
    }

    [Fact]
    public void A_vector_of_doubles()
    {
        var data = _mlContext.Transforms.Conversion.ConvertType("Features", outputKind: DataKind.Double)
            .Fit(Tables.Vectors(_mlContext)).Transform(Tables.Vectors(_mlContext));
        var estimator = Quick.Embed(_mlContext, "Features");
        Failure.Of<ArgumentOutOfRangeException>(() => estimator.Fit(data), "'Features'", "expected Vector of Single", "Double");
        Failure.Of<ArgumentOutOfRangeException>(
            () => estimator.GetOutputSchema(Shapes.Of(data.Schema)), "'Features'", "expected Vector of Single", "Double");
    }

    [Fact]
    public void A_key_of_unknown_cardinality() => Failure.Of<ArgumentOutOfRangeException>(
        () => Quick.Embed(_mlContext, "Id").Fit(_mlContext.Data.LoadFromEnumerable(new[] { new IdentifiedRow() })),
        "Schema mismatch for input column 'Id'", "key of known cardinality");

    [Fact]
    public void No_rows() => Failure.Of<InvalidOperationException>(
        () => Quick.Embed(_mlContext, "Features").Fit(_mlContext.Data.LoadFromEnumerable(Array.Empty<VectorRow>())),
        "Training set has 0 instances", "'Features'");

    [Fact]
    public void One_row() => Failure.Of<InvalidOperationException>(
        () => Quick.Embed(_mlContext, "Features").Fit(_mlContext.Data.LoadFromEnumerable(Tables.VectorRows(1))), "one row", "'Features'");

    [Fact]
    public void Only_missing_values()
    {
        var rows = Enumerable.Repeat(new MixedRow { Age = float.NaN, Region = 4 }, 10);
        Failure.Of<InvalidOperationException>(
            () => Quick.Embed(_mlContext, "Age", "Region").Fit(_mlContext.Data.LoadFromEnumerable(rows)),
            "All values are missing", "'Age', 'Region'");
    }

    [Fact]
    public void An_infinite_value_in_training()
    {
        var rows = Tables.VectorRows();
        rows[17].Features[2] = float.PositiveInfinity;
        Failure.Of<InvalidOperationException>(
            () => Quick.Embed(_mlContext, "Features").Fit(_mlContext.Data.LoadFromEnumerable(rows)),
            "infinite", "'Features.2'", "column 'Features'", "row 17");
    }

    [Fact]
    public void An_infinite_value_in_scoring()
    {
        var model = Quick.Embed(_mlContext, "Features").Fit(Tables.Vectors(_mlContext));
        var rows = Tables.VectorRows();
        rows[3].Features[1] = float.NegativeInfinity;
        var view = model.Transform(_mlContext.Data.LoadFromEnumerable(rows));
        using var cursor = view.GetRowCursorSet([view.Schema["Embedding"]], 1)[0];
        var get = cursor.GetGetter<VBuffer<float>>(view.Schema["Embedding"]);
        var buffer = default(VBuffer<float>);

        for (int row = 0; row < 3; row++)
        {
            cursor.MoveNext();
            get(ref buffer);
        }

        cursor.MoveNext();
        Failure.Of<InvalidOperationException>(() => get(ref buffer), "infinite", "'Features.1'", "column 'Features'", "row 3");
        cursor.MoveNext();
        get(ref buffer);
        buffer.DenseValues().Should().OnlyContain(value => float.IsFinite(value), "the next row is good again");
    }

    [Fact]
    public void A_value_that_a_prediction_engine_cannot_score_is_named_by_slot_and_by_no_row()
    {
        var model = Quick.Embed(_mlContext, "Features").Fit(Tables.Vectors(_mlContext));
        using var engine = _mlContext.Model.CreatePredictionEngine<VectorRow, EmbeddedRow>(model);
        var rows = Tables.VectorRows(5);
        rows[4].Features[1] = float.NegativeInfinity;
        for (int row = 0; row < 4; row++)
            engine.Predict(rows[row]);

        FluentActions.Invoking(() => engine.Predict(rows[4])).Should().Throw<InvalidOperationException>().ShouldBeMarked()
            .WithMessage("The value -Infinity of slot 'Features.1' (column 'Features') is infinite.*");
    }

    [Fact]
    public void A_one_hot_group_with_two_ones_in_a_prediction_engine_is_named_without_a_row()
    {
        var options = Quick.Options("Features");
        options.FeatureKinds["Features"] = FeatureKind.OneHot;
        float[][] rows = [[1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0]];
        var model = _mlContext.Transforms.VaeEmbed(options)
            .Fit(_mlContext.Data.LoadFromEnumerable(rows.Select(row => new VectorRow { Features = row })));
        using var engine = _mlContext.Model.CreatePredictionEngine<VectorRow, EmbeddedRow>(model);

        FluentActions.Invoking(() => engine.Predict(new VectorRow { Features = [1, 0, 0, 1] }))
            .Should().Throw<InvalidOperationException>().WithMessage("The one-hot group 'Features' has 2 ones, and may have one.*");
    }

    [Fact]
    public void A_row_that_one_of_several_cursors_reads_is_named_by_its_number_in_the_table()
    {
        var model = Quick.Embed(_mlContext, "Features").Fit(Tables.Vectors(_mlContext));
        var rows = Tables.VectorRows(1000);
        rows[317].Features[1] = float.NegativeInfinity;
        var data = _mlContext.Data.LoadFromEnumerable(rows);
        FluentActions.Invoking(() => model.Transform(data).Embeddings()).Should().Throw<Exception>()
            .Where(exception => (exception.InnerException ?? exception).Message.Contains("in row 317 is infinite"));
        FluentActions.Invoking(() => model.Transform(_mlContext.Data.Cache(data)).Embeddings()).Should().Throw<Exception>()
            .Where(exception => (exception.InnerException ?? exception).Message.Contains("in row 317 is infinite"));
    }

    [Theory]
    [InlineData(1, 9)]
    [InlineData(3, 1)]
    [InlineData(2, 2)]
    [InlineData(-1, 2)]
    public void Sparse_indices_that_cannot_be(int first, int second)
    {
        var rows = Tables.MixedRows();
        rows[2].Sparse = new VBuffer<float>(6, 2, [1, 2], [first, second]);
        var data = _mlContext.Data.LoadFromEnumerable(rows);
        string index = (first < 0 ? first : second).ToString(CultureInfo.InvariantCulture);
        string[][] inputs = [["Sparse"], ["Age", "Sparse"]];
        foreach (string[] input in inputs)
        {
            var model = Quick.Embed(_mlContext, input).Fit(Tables.Mixed(_mlContext));
            var view = model.Transform(data);
            Failure.Of<InvalidOperationException>(() => Quick.Embed(_mlContext, input).Fit(data), "'Sparse'", $"index {index} ", " to 5");
            FluentActions.Invoking(() => view.Embeddings()).Should().Throw<Exception>()
                .Where(exception => (exception.InnerException ?? exception).Message.Contains($"'Sparse' has index {index} "));
        }
    }

    [Fact]
    public void A_binary_slot_with_another_value()
    {
        var options = Quick.Options("Features");
        options.FeatureKinds["Features.3"] = FeatureKind.Binary;
        Failure.Of<InvalidOperationException>(
            () => _mlContext.Transforms.VaeEmbed(options).Fit(Tables.Vectors(_mlContext)), "neither 0 nor 1", "'Features.3'", "row 0");
    }

    [Theory]
    [InlineData("Age", "Age", "Income")]
    [InlineData("AgeLog", "AgeLogLogVariance")]
    [InlineData("Age", "AgeScore", "Income")]
    public void An_output_that_is_another_input(string output, params string[] inputs)
    {
        var options = Quick.Options(inputs);
        options.OutputColumnName = output;
        options.AdditionalColumns = VaeOutputColumns.Score;
        Failure.Of<ArgumentOutOfRangeException>(() => _mlContext.Transforms.VaeEmbed(options), $"'{inputs[0]}'", "input and an output");
    }

    [Fact]
    public void An_input_that_is_named_twice() =>
        Failure.Of<ArgumentOutOfRangeException>(
            () => Quick.Embed(_mlContext, "Age", "Income", "Age"), "Input column 'Age' specified multiple times");

    [Fact]
    public void Weights_that_are_missing_or_of_another_type()
    {
        var data = Tables.Mixed(_mlContext);
        var missing = _mlContext.Transforms.VaeEmbed("Embedding", "Sparse", exampleWeightColumnName: "Nowhere");
        Failure.Of<ArgumentOutOfRangeException>(() => missing.Fit(data), "Could not find example weight column 'Nowhere'");
        Failure.Of<ArgumentOutOfRangeException>(
            () => missing.GetOutputSchema(Shapes.Of(data.Schema)), "Could not find example weight column 'Nowhere'");
        var text = _mlContext.Transforms.VaeEmbed("Embedding", "Sparse", exampleWeightColumnName: "Housing");
        Failure.Of<ArgumentOutOfRangeException>(() => text.Fit(data), "example weight column 'Housing'", "expected Single");
        Failure.Of<ArgumentOutOfRangeException>(
            () => text.GetOutputSchema(Shapes.Of(data.Schema)), "example weight column 'Housing'", "expected Single");
        var right = _mlContext.Transforms.VaeEmbed("Embedding", "Sparse", exampleWeightColumnName: "Weight");
        right.GetOutputSchema(Shapes.Of(data.Schema)).Should().Contain(column => column.Name == "Embedding");
    }

    [Fact]
    public void A_negative_weight()
    {
        var rows = Tables.MixedRows();
        rows[5].Weight = -1;
        var estimator = _mlContext.Transforms.VaeEmbed("Embedding", "Sparse", exampleWeightColumnName: "Weight", epochs: 2);
        Failure.Of<InvalidOperationException>(() => estimator.Fit(_mlContext.Data.LoadFromEnumerable(rows)), "weight -1", "row 5");
    }

    [Fact]
    public void Weights_that_are_an_input() => Failure.Of<ArgumentOutOfRangeException>(
        () => _mlContext.Transforms.VaeEmbed("Embedding", "Age", exampleWeightColumnName: "Age"), "'Age'", "weights");

    [Theory]
    [InlineData("LatentDimension")]
    [InlineData("Epochs")]
    [InlineData("BatchSize")]
    [InlineData("LearningRate")]
    [InlineData("ValidationFraction")]
    public void An_option_out_of_range_fails_when_the_estimator_is_made(string name)
    {
        var options = Quick.Options("Age");
        var property = typeof(VaeEmbeddingEstimator.Options).GetProperty(name)!;
        property.SetValue(options, Convert.ChangeType(-1, Nullable.GetUnderlyingType(property.PropertyType)!, null));
        Failure.Of<ArgumentOutOfRangeException>(() => _mlContext.Transforms.VaeEmbed(options), name, "-1");
    }

    [Fact]
    public void Choices_that_do_not_exist()
    {
        Fails("AdditionalColumns", options => options.AdditionalColumns = (VaeOutputColumns)64);
        Fails("FeatureKinds", options => options.FeatureKinds["Age"] = (FeatureKind)9);
        Fails("Trainer", options => options.Trainer = (TrainerKind)9);
        Fails("CancellationBehavior", options => options.CancellationBehavior = (Vae.Training.CancellationBehavior)9);
        Fails("ThreadCount", options => options.ThreadCount = 0);

        void Fails(string name, Action<VaeEmbeddingEstimator.Options> change)
        {
            var options = Quick.Options("Age");
            change(options);
            Failure.Of<ArgumentOutOfRangeException>(() => _mlContext.Transforms.VaeEmbed(options), name);
        }
    }

    [Fact]
    public void A_vector_of_keys()
    {
        var pipeline = _mlContext.Transforms.Text.TokenizeIntoWords("Words", "Housing")
            .Append(_mlContext.Transforms.Conversion.MapValueToKey("Words"));
        var data = pipeline.Fit(Tables.Mixed(_mlContext)).Transform(Tables.Mixed(_mlContext));
        var estimator = Quick.Embed(_mlContext, "Words");
        Failure.Of<ArgumentOutOfRangeException>(() => estimator.Fit(data), "Schema mismatch for input column 'Words'", "Key<UInt32");
        Failure.Of<ArgumentOutOfRangeException>(
            () => estimator.GetOutputSchema(Shapes.Of(data.Schema)), "'Words'", "VarVector<Key<UInt32>>");
    }

    [Fact]
    public void A_row_that_is_shorter_than_its_type_says()
    {
        var rows = Tables.VectorRows();
        rows[5].Features = rows[5].Features[..3];
        var data = _mlContext.Data.LoadFromEnumerable(rows);
        Failure.Of<InvalidOperationException>(() => Quick.Embed(_mlContext, "Features").Fit(data), "'Features'", "3 slots", "4");
    }

    [Fact]
    public void Names_that_are_empty()
    {
        Failure.Of<ArgumentOutOfRangeException>(() => _mlContext.Transforms.VaeEmbed(""), "OutputColumnName");
        Failure.Of<ArgumentOutOfRangeException>(() => Quick.Embed(_mlContext, "Age", " "), "InputColumnNames");
    }

    [Fact]
    public void Nulls()
    {
        var estimator = Quick.Embed(_mlContext, "Features");
        var model = estimator.Fit(Tables.Vectors(_mlContext));
        Failure.Of<ArgumentNullException>(() => estimator.Fit(null!), "input");
        Failure.Of<ArgumentNullException>(() => estimator.GetOutputSchema(null!), "inputSchema");
        Failure.Of<ArgumentNullException>(() => model.Transform(null!), "input");
        Failure.Of<ArgumentNullException>(() => model.GetOutputSchema(null!), "inputSchema");
        Failure.Of<ArgumentNullException>(() => ((ITransformer)model).GetRowToRowMapper(null!), "inputSchema");
        Failure.Of<ArgumentNullException>(() => ((ICanSaveModel)model).Save(null!), "ctx");
        Failure.Of<ArgumentNullException>(() => _mlContext.Transforms.VaeEmbed((VaeEmbeddingEstimator.Options)null!), "options");
    }

    [Fact]
    public void Another_size_in_scoring_than_in_training()
    {
        var model = Quick.Embed(_mlContext, "Sparse").Fit(Tables.Mixed(_mlContext));
        var other = _mlContext.Transforms.CopyColumns("Sparse", "Features")
            .Fit(Tables.Vectors(_mlContext)).Transform(Tables.Vectors(_mlContext));
        Failure.Of<ArgumentOutOfRangeException>(
            () => model.Transform(other), "Schema mismatch for input column 'Sparse'", "expected Vector<Single, 6>", "4");
    }

    private sealed class IdentifiedRow
    {
        [KeyType(uint.MaxValue)]
        public uint Id { get; set; } = 1;
    }
}
