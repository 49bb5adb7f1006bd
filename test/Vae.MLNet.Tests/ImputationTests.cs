using System.Collections.Concurrent;
using FluentAssertions;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;
using Vae.Imputation;
using Vae.MLNet.Internals;
using Xunit;

namespace Vae.MLNet.Tests;

public sealed class ImputationTests
{
    private readonly MLContext _mlContext = new(1);

    [Fact]
    public void Columns_come_out_as_they_came_in_without_gaps()
    {
        var data = Encode().Fit(Rows()).Transform(Rows());
        var filled = _mlContext.Transforms.VaeImpute(Options("Age", "Income", "Housing", "Region", "Telephone", "Sparse")).Fit(data)
            .Transform(data);

        foreach (string name in new[] { "Age", "Income", "Housing", "Region", "Telephone", "Sparse" })
        {
            filled.Schema[name].Type.Should().Be(data.Schema[name].Type);
            filled.Schema[name].Annotations.Schema.Select(annotation => annotation.Name)
                .Should().Equal(data.Schema[name].Annotations.Schema.Select(annotation => annotation.Name));
        }

        var (before, after) = (Read(data), Read(filled));
        after.Should().OnlyContain(row => !float.IsNaN(row.Income) && row.Region != 0 && row.Housing != 0);
        before.Should().Contain(row => float.IsNaN(row.Income)).And.Contain(row => row.Region == 0).And.Contain(row => row.Housing == 0);
        foreach (var (gaps, row) in before.Zip(after))
        {
            row.Should().Be(gaps with
            {
                Income = float.IsNaN(gaps.Income) ? row.Income : gaps.Income,
                Region = gaps.Region == 0 ? row.Region : gaps.Region,
                Housing = gaps.Housing == 0 ? row.Housing : gaps.Housing,
            });
        }
    }

    [Fact]
    public void A_gap_is_filled_from_the_other_columns()
    {
        var model = Encode().Append(_mlContext.Transforms.VaeImpute(Trained("Age", "Income", "Housing")))
            .Append(_mlContext.Transforms.Conversion.MapKeyToValue("Housing")).Fit(Rows(400));
        using var engine = _mlContext.Model.CreatePredictionEngine<MixedRow, FilledText>(model);

        engine.Predict(new MixedRow { Age = 24, Income = float.NaN, Housing = "own" }).Income.Should().BeInRange(900, 2000);
        engine.Predict(new MixedRow { Age = 57, Income = float.NaN, Housing = "free" }).Income.Should().BeInRange(3000, 4300);
        engine.Predict(new MixedRow { Age = 24, Income = 1300, Housing = "" }).Housing.Should().Be("own");
        engine.Predict(new MixedRow { Age = 57, Income = 3800, Housing = "castle" }).Housing.Should().Be("free");
    }

    [Fact]
    public void A_gap_in_a_vector_becomes_a_number_or_one_category()
    {
        var options = Options("Features");
        options.Probabilities = true;
        var model = _mlContext.Transforms.Categorical.OneHotEncoding("Housing")
            .Append(_mlContext.Transforms.Concatenate("Features", "Age", "Income", "Housing"))
            .Append(_mlContext.Transforms.VaeImpute(options)).Fit(Rows());

        var view = model.Transform(Rows());

        view.Schema["Features"].Annotations.Schema.Select(annotation => annotation.Name)
            .Should().Contain(["SlotNames", "CategoricalSlotRanges"]);
        var slotNames = default(VBuffer<ReadOnlyMemory<char>>);
        view.Schema["FeaturesProbabilities"].GetSlotNames(ref slotNames);
        slotNames.DenseValues().Select(name => name.ToString()).Should().Equal(
            "Age", "Income", "Housing.own", "Housing.free", "Housing.rent");
        float[][] filled = [.. view.GetColumn<float[]>("Features")];
        float[][] probabilities = [.. view.GetColumn<float[]>("FeaturesProbabilities")];
        filled.Should().OnlyContain(row => row.All(value => float.IsFinite(value)) && row[2] + row[3] + row[4] == 1);
        probabilities.Should().OnlyContain(row => Math.Abs(row[2] + row[3] + row[4] - 1) < 1e-4);
        probabilities.Should().Contain(row => row[2] > 0 && row[2] < 1);
    }

    [Fact]
    public void Other_names_leave_the_input_columns_alone()
    {
        var data = Encode().Fit(Rows()).Transform(Rows());
        var options = Options("Income", "Region");
        (options.OutputColumnNames, options.Probabilities) = (["Filled", "FilledRegion"], true);
        var estimator = _mlContext.Transforms.VaeImpute(options);
        var model = estimator.Fit(data);
        var schema = model.GetOutputSchema(data.Schema);

        schema.Select(column => column.Name).Should().Equal(
            [.. data.Schema.Select(column => column.Name), "Filled", "FilledRegion", "FilledRegionProbabilities"]);
        estimator.GetOutputSchema(Shapes.Of(data.Schema)).ShouldEqual(Shapes.Of(schema));
        model.OutputColumnNames.Should().Equal("Filled", "FilledRegion");
        float[] before = [.. model.Transform(data).GetColumn<float>("Income")];
        before.Should().Equal(data.GetColumn<float>("Income")).And.Contain(float.NaN);
        model.Transform(data).GetColumn<float>("Filled").Should().NotContain(float.NaN);
    }

    [Fact]
    public void The_promised_schema_of_columns_under_their_own_names_is_the_transformers()
    {
        var data = Encode().Fit(Rows()).Transform(Rows());
        var estimator = _mlContext.Transforms.VaeImpute(Options("Age", "Housing", "Region"));
        estimator.GetOutputSchema(Shapes.Of(data.Schema)).ShouldEqual(Shapes.Of(estimator.Fit(data).GetOutputSchema(data.Schema)));
    }

    [Fact]
    public void An_imputer_round_trips_bit_for_bit_without_registration()
    {
        var data = Encode().Fit(Rows()).Transform(Rows());
        var options = Options("Age", "Income", "Housing", "Region", "Sparse");
        (options.ConditionColumnNames, options.Numbers, options.Samples) = (["Telephone"], NumberImputation.Median, 30);
        var model = _mlContext.Transforms.VaeImpute(options).Fit(data);

        var loaded = Saved.Reload(model, data.Schema).Should().BeOfType<VaeImputationTransformer>().Which;

        Read(loaded.Transform(data)).Should().Equal(Read(model.Transform(data)));
        Read(loaded.Draw(data, 2)[1]).Should().Equal(Read(model.Draw(data, 2)[1]));
        loaded.Imputer.Models.Should().HaveCount(2);
        loaded.Imputer.Options.Numbers.Should().Be(NumberImputation.Median);
        loaded.InputColumnNames.Should().Equal("Age", "Income", "Housing", "Region", "Sparse");
        loaded.ConditionColumnNames.Should().Equal("Telephone");
    }

    [Fact]
    public void Draws_differ_where_there_are_gaps_and_are_the_same_when_read_again()
    {
        var data = Encode().Fit(Rows()).Transform(Rows());
        var model = _mlContext.Transforms.VaeImpute(Options("Age", "Income", "Housing")).Fit(data);

        var draws = model.Draw(data, 3);

        draws.Should().HaveCount(3);
        float[][] incomes = [.. draws.Select(draw => draw.GetColumn<float>("Income").ToArray())];
        incomes[0].Should().Equal(draws[0].GetColumn<float>("Income"));
        float[] given = [.. data.GetColumn<float>("Income")];
        for (int row = 0; row < given.Length; row++)
        {
            if (float.IsNaN(given[row]))
                incomes.Select(draw => draw[row]).Distinct().Should().HaveCount(3);
            else
                incomes.Should().OnlyContain(draw => draw[row] == given[row]);
        }
    }

    [Fact]
    public void Parallel_cursors_agree_with_the_serial_cursor()
    {
        var data = Rows(400);
        var view = _mlContext.Transforms.VaeImpute(Options("Age", "Income")).Fit(data).Draw(data, 1)[0];
        var filled = new ConcurrentDictionary<ulong, float>();

        var cursors = view.GetRowCursorSet([view.Schema["Income"]], 4);
        Thread[] threads = [.. cursors.Select(cursor => new Thread(() =>
        {
            using (cursor)
            {
                var id = cursor.GetIdGetter();
                var income = cursor.GetGetter<float>(view.Schema["Income"]);
                while (cursor.MoveNext())
                {
                    var (row, value) = (default(DataViewRowId), 0f);
                    id(ref row);
                    income(ref value);
                    filled[row.Low] = value;
                }
            }
        }))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());

        filled.OrderBy(pair => pair.Key).Select(pair => pair.Value).Should().Equal(view.GetColumn<float>("Income"));
    }

    [Fact]
    public void Columns_and_options_that_do_not_do_are_named()
    {
        Fails(options => options.InputColumnNames = [], "InputColumnNames");
        Fails(options => options.OutputColumnNames = ["One"], "OutputColumnNames", "1 names for the 2 input columns");
        Fails(options => options.OutputColumnNames = ["One", "One"], "'One' specified multiple times");
        Fails(options => options.OutputColumnNames = ["One", ""], "need names");
        Fails(options => options.OutputColumnNames = ["Income", "Age"], "'Income' cannot be an input and an output");
        Fails(options => options.ExampleWeightColumnName = "Age", "ExampleWeightColumnName");
        Fails(options => options.ModelCount = 0, "ModelCount");
        Fails(options => options.Samples = 0, "Samples");
        Fails(options => options.LatentDimension = 0, "LatentDimension");
        Failure.Of<ArgumentOutOfRangeException>(
            () => _mlContext.Transforms.VaeImpute("Other").Fit(Rows()), "Could not find input column 'Other'");
        Failure.Of<ArgumentOutOfRangeException>(
            () => _mlContext.Transforms.VaeImpute("Other").GetOutputSchema(Shapes.Of(Rows().Schema)), "'Other'");
        var model = _mlContext.Transforms.VaeImpute(Options("Age", "Income")).Fit(Rows());
        Failure.Of<ArgumentOutOfRangeException>(() => model.Transform(Tables.Vectors(_mlContext)), "'Age'");
        Failure.Of<ArgumentOutOfRangeException>(() => model.Draw(Rows(), 0), "count");

        void Fails(Action<VaeImputationEstimator.Options> change, params string[] message)
        {
            var options = Options("Age", "Income");
            change(options);
            Failure.Of<ArgumentOutOfRangeException>(() => _mlContext.Transforms.VaeImpute(options), message);
        }
    }

    private static VaeImputationEstimator.Options Options(params string[] inputs) =>
        new() { InputColumnNames = inputs, Model = Quick.Model, Seed = 7, ModelCount = 2, Samples = 20 };

    private static VaeImputationEstimator.Options Trained(params string[] inputs) => new()
    {
        InputColumnNames = inputs,
        Model = Quick.Model with { Epochs = 60, HiddenLayers = [16] },
        Seed = 7,
        ModelCount = 1,
    };

    private ValueToKeyMappingEstimator Encode() => _mlContext.Transforms.Conversion.MapValueToKey("Housing");

    /// <summary>Rows with gaps in incomes, regions and housing.</summary>
    private IDataView Rows(int count = 120)
    {
        var rows = Tables.MixedRows(count);
        for (int i = 0; i < rows.Count; i += 9)
            rows[i].Housing = "";
        return _mlContext.Data.LoadFromEnumerable(rows);
    }

    private FilledRow[] Read(IDataView view) => [.. _mlContext.Data.CreateEnumerable<KeyedRow>(view, reuseRowObject: false)
        .Select(row => new FilledRow(
            row.Age, row.Income, row.Housing, row.Region, row.Telephone, string.Join(" ", row.Sparse.DenseValues())))];

    private sealed record FilledRow(float Age, float Income, uint Housing, uint Region, bool Telephone, string Sparse);

    private sealed class KeyedRow
    {
        public float Age { get; set; }

        public float Income { get; set; }

        [KeyType(3)]
        public uint Housing { get; set; }

        [KeyType(4)]
        public uint Region { get; set; }

        public bool Telephone { get; set; }

        [VectorType(6)]
        public VBuffer<float> Sparse { get; set; }
    }

    private sealed class FilledText
    {
        public float Income { get; set; }

        public string Housing { get; set; } = "";
    }
}
