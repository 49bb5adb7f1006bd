using FluentAssertions;
using Microsoft.ML;
using Microsoft.ML.Data;
using Vae.MLNet.Internals;
using Xunit;

namespace Vae.MLNet.Tests;

/// <summary>Wrong conditions fail where wrong inputs fail, and are called conditions.</summary>
public sealed class WrongConditionTests
{
    private readonly MLContext _mlContext = new(1);

    [Theory]
    [InlineData("Nowhere", "Could not find condition column 'Nowhere'")]
    [InlineData("Housing", "Schema mismatch for condition column 'Housing'", "got String")]
    [InlineData("Unsized", "Schema mismatch for condition column 'Unsized'", "known size")]
    [InlineData("Doubles", "Schema mismatch for condition column 'Doubles'", "expected Vector of Single", "Double")]
    public void A_column_that_cannot_be_a_condition_fails_in_fit_and_in_the_promised_schema(string condition, params string[] message)
    {
        var data = _mlContext.Transforms.Conversion.ConvertType("Doubles", "Sparse", DataKind.Double)
            .Append(_mlContext.Transforms.Text.TokenizeIntoWords("Words", "Housing"))
            .Append(_mlContext.Transforms.Conversion.ConvertType("Unsized", "Words", DataKind.Single))
            .Fit(Tables.Mixed(_mlContext)).Transform(Tables.Mixed(_mlContext));
        var estimator = _mlContext.Transforms.VaeEmbed(Options(condition));
        Failure.Of<ArgumentOutOfRangeException>(() => estimator.Fit(data), message);
        Failure.Of<ArgumentOutOfRangeException>(() => estimator.GetOutputSchema(Shapes.Of(data.Schema)), message);
    }

    [Fact]
    public void A_condition_that_is_missing_or_of_another_type_in_scoring()
    {
        var data = Tables.Mixed(_mlContext);
        var model = _mlContext.Transforms.VaeEmbed(Options("Telephone")).Fit(data);
        var without = _mlContext.Transforms.DropColumns("Telephone").Fit(data).Transform(data);
        Failure.Of<ArgumentOutOfRangeException>(() => model.Transform(without), "Could not find condition column 'Telephone'");
        var number = _mlContext.Transforms.CopyColumns("Telephone", "Income").Fit(data).Transform(data);
        Failure.Of<ArgumentOutOfRangeException>(
            () => model.GetOutputSchema(number.Schema), "condition column 'Telephone'", "expected Boolean", "got Single");
    }

    [Fact]
    public void An_infinite_condition()
    {
        var model = _mlContext.Transforms.VaeEmbed(Options("Income")).Fit(Tables.Mixed(_mlContext));
        var rows = Tables.MixedRows();
        rows[2].Income = float.PositiveInfinity;
        var data = _mlContext.Data.LoadFromEnumerable(rows);
        string[] message = ["infinite", "'Income'", "row 2"];
        Failure.Of<InvalidOperationException>(() => _mlContext.Transforms.VaeEmbed(Options("Income")).Fit(data), message);
        var view = model.Transform(data);
        using var cursor = view.GetRowCursorSet([view.Schema["Embedding"]], 1)[0];
        var get = cursor.GetGetter<VBuffer<float>>(view.Schema["Embedding"]);
        var buffer = default(VBuffer<float>);
        for (int row = 0; row <= 2; row++)
            cursor.MoveNext().Should().BeTrue();
        Failure.Of<InvalidOperationException>(() => get(ref buffer), message);
    }

    [Fact]
    public void Conditions_alone_are_nothing_to_train_on()
    {
        var rows = Enumerable.Repeat(new MixedRow { Age = float.NaN, Income = 3 }, 10);
        Failure.Of<InvalidOperationException>(
            () => _mlContext.Transforms.VaeEmbed(Options("Income")).Fit(_mlContext.Data.LoadFromEnumerable(rows)),
            "All values are missing", "'Age'");
    }

    [Fact]
    public void A_condition_that_is_an_input_too() => Refused(Options("Income", "Age"), "'Age'", "condition and an input");

    [Fact]
    public void A_condition_that_is_named_twice() =>
        Refused(Options("Income", "Income"), "Condition column 'Income' specified multiple times");

    [Fact]
    public void A_condition_without_a_name() => Refused(Options("Income", " "), "ConditionColumnNames");

    [Fact]
    public void A_condition_that_is_an_output()
    {
        Refused(Options("EmbeddingLogVariance"), "'EmbeddingLogVariance'", "condition and an output");
        Refused(Options("Embedding"), "'Embedding'", "condition and an output");
    }

    [Fact]
    public void Weights_that_are_a_condition()
    {
        var options = Options("Weight");
        options.ExampleWeightColumnName = "Weight";
        Refused(options, "'Weight'", "weights", "condition");
    }

    [Fact]
    public void No_list_of_conditions()
    {
        var options = Options();
        options.ConditionColumnNames = null!;
        Failure.Of<ArgumentNullException>(() => _mlContext.Transforms.VaeEmbed(options), "ConditionColumnNames");
    }

    private static VaeEmbeddingEstimator.Options Options(params string[] conditions)
    {
        var options = Quick.Options("Age");
        options.ConditionColumnNames = conditions;
        return options;
    }

    private void Refused(VaeEmbeddingEstimator.Options options, params string[] message) =>
        Failure.Of<ArgumentOutOfRangeException>(() => _mlContext.Transforms.VaeEmbed(options), message);
}
