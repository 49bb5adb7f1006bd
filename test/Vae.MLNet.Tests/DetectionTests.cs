using System.Collections.Concurrent;
using FluentAssertions;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;
using Vae.MLNet.Internals;
using Vae.Training.Checkpoints;
using Xunit;

namespace Vae.MLNet.Tests;

public sealed class DetectionTests
{
    private readonly MLContext _mlContext = new(1);

    [Fact]
    public void The_columns_are_those_that_AnomalyDetection_Evaluate_looks_for()
    {
        var model = _mlContext.Transforms.VaeDetect(Options("Features")).Fit(Tables.Vectors(_mlContext, 300));
        var labelled = _mlContext.Data.LoadFromEnumerable(
            Tables.VectorRows(100, seed: 2).Select((row, i) => new LabelledRow
            {
                Features = i % 5 == 0 ? [row.Features[0], 2, -100 * row.Features[0], row.Features[3]] : row.Features,
                Label = i % 5 == 0 ? 1 : 0,
            }));

        var metrics = _mlContext.AnomalyDetection.Evaluate(model.Transform(labelled));

        metrics.AreaUnderRocCurve.Should().BeGreaterThan(0.9);
        metrics.DetectionRateAtFalsePositiveCount.Should().BeGreaterThan(0.9);
    }

    [Fact]
    public void An_alarm_is_a_p_value_of_at_most_the_false_alarm_rate()
    {
        var data = Tables.Vectors(_mlContext, 200);
        var rows = Read(_mlContext.Transforms.VaeDetect(Options("Features")).Fit(data).Transform(Tables.Vectors(_mlContext, 400, seed: 3)));

        rows.Should().OnlyContain(row => row.PredictedLabel == row.PValue <= 0.05f);
        rows.Count(row => row.PredictedLabel).Should().BeInRange(1, 60);
        rows.Should().OnlyContain(row => row.PValue > 0 && row.PValue <= 1);
        rows.OrderBy(row => row.Score).Select(row => row.PValue).Should().BeInDescendingOrder();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_detector_of_a_mixed_pipeline_round_trips_bit_for_bit_without_registration(int folds)
    {
        var data = Tables.Mixed(_mlContext);
        var options = Options("Features", "Telephone", "Region", "Sparse");
        options.CalibrationFolds = folds;
        var model = Encode("Housing").Append(Encode("Job"))
            .Append(_mlContext.Transforms.Concatenate("Features", "Age", "Housing", "Income", "Job"))
            .Append(_mlContext.Transforms.VaeDetect(options)).Fit(data);

        var loaded = Saved.Reload(model, data.Schema);

        Read(loaded.Transform(data)).Should().Equal(Read(model.Transform(data)));
        var detector = loaded.Should().BeAssignableTo<IEnumerable<ITransformer>>().Which
            .OfType<VaeDetectionTransformer>().Should().ContainSingle().Which;
        detector.Detector.Models.Should().HaveCount(folds);
        detector.Detector.FalseAlarmRate.Should().Be(0.05);
        detector.InputColumnNames.Should().Equal("Features", "Telephone", "Region", "Sparse");
        detector.ConditionColumnNames.Should().BeEmpty();
    }

    [Fact]
    public async Task A_fresh_process_loads_a_detector_without_registration_and_gives_the_same_bits()
    {
        using var folder = new TemporaryFolder();
        var data = _mlContext.Data.LoadFromEnumerable(Tables.VectorRows().Select(row => new ConditionedRow { Features = row.Features }));
        var model = _mlContext.Transforms.VaeDetect(Options("Features"))
            .Append(_mlContext.Transforms.Conversion.ConvertType("Alarm", "PredictedLabel"))
            .Append(_mlContext.Transforms.Concatenate("Embedding", "Score", "PValue", "Alarm")).Fit(data);
        _mlContext.Model.Save(model, data.Schema, folder["model.zip"]);
        using (var stream = File.Create(folder["rows.idv"]))
            _mlContext.Data.SaveAsBinary(data, stream);

        var (exitCode, output, errors) = await ChildProcessTests.RunLoader(folder, ChildProcessTests.CopyLoader(folder));

        exitCode.Should().Be(0, errors);
        string[] expected = [.. model.Transform(data).Embeddings().Select(ChildProcessTests.Bits)];
        output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Should().Equal([.. expected.Select(bits => "transform " + bits), .. expected.Select(bits => "predict " + bits)]);
    }

    [Fact]
    public void The_promised_schema_is_the_transformers_and_has_the_annotations_of_a_detector()
    {
        var data = Tables.Vectors(_mlContext);
        var estimator = _mlContext.Transforms.VaeDetect(Options("Features"));
        var transformer = estimator.Fit(data);
        var schema = transformer.GetOutputSchema(data.Schema);

        schema.Select(column => (column.Name, column.Type)).Should().Equal(
            ("Features", data.Schema["Features"].Type), ("Score", NumberDataViewType.Single), ("PValue", NumberDataViewType.Single),
            ("PredictedLabel", BooleanDataViewType.Instance));
        estimator.GetOutputSchema(Shapes.Of(data.Schema)).ShouldEqual(Shapes.Of(schema));
        Annotation(schema["PredictedLabel"], "ScoreColumnKind").Should().Be("AnomalyDetection");
        Annotation(schema["PredictedLabel"], "ScoreValueKind").Should().Be("PredictedLabel");
        ((ITransformer)transformer).GetRowToRowMapper(data.Schema).OutputSchema.Select(column => column.Name)
            .Should().Equal(schema.Select(column => column.Name));
    }

    [Fact]
    public void Parallel_cursors_and_prediction_engines_agree_with_the_serial_cursor()
    {
        var data = Tables.Vectors(_mlContext, 400);
        var model = _mlContext.Transforms.VaeDetect(Options("Features")).Fit(data);
        var view = model.Transform(data);
        var expected = Read(view);
        var scores = new ConcurrentDictionary<ulong, float>();

        var cursors = view.GetRowCursorSet([view.Schema["Score"]], 4);
        Thread[] threads = [.. cursors.Select(cursor => new Thread(() =>
        {
            using (cursor)
            {
                var id = cursor.GetIdGetter();
                var score = cursor.GetGetter<float>(view.Schema["Score"]);
                while (cursor.MoveNext())
                {
                    var (row, value) = (default(DataViewRowId), 0f);
                    id(ref row);
                    score(ref value);
                    scores[row.Low] = value;
                }
            }
        }))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        using var engine = _mlContext.Model.CreatePredictionEngine<VectorRow, DetectedRow>(model);

        scores.OrderBy(pair => pair.Key).Select(pair => pair.Value).Should().Equal(expected.Select(row => row.Score));
        Tables.VectorRows(400).Select(engine.Predict).Should().Equal(expected);
    }

    [Theory]
    [InlineData("Housing", true)]
    [InlineData("Housing", false)]
    public void A_category_that_training_did_not_see_costs_more_than_one_that_it_saw(string column, bool asKey)
    {
        var rows = Tables.MixedRows(200);
        rows.ForEach(row => row.Housing = row.Age < 30 ? "rent" : "own");
        var data = _mlContext.Data.LoadFromEnumerable(rows);
        var encoder = asKey ? (IEstimator<ITransformer>)_mlContext.Transforms.Conversion.MapValueToKey(column) : Encode(column);
        var model = encoder.Append(_mlContext.Transforms.VaeDetect(Options("Age", column))).Fit(data);
        using var engine = _mlContext.Model.CreatePredictionEngine<MixedRow, DetectedRow>(model);

        float Score(string housing) => engine.Predict(new MixedRow { Age = 50, Housing = housing }).Score;

        Score("castle").Should().BeGreaterThan(Score("own") + 2).And.BeGreaterThan(Score("rent"));
        Score("").Should().Be(Score("castle"), "ML.NET presents a gap as it does an unseen value, and training rows had no gaps");
    }

    [Fact]
    public void A_hash_slot_that_training_rows_never_had_is_an_unseen_category()
    {
        var rows = Tables.MixedRows(200);
        rows.ForEach(row => row.Housing = row.Age < 30 ? "rent" : "own");
        var data = _mlContext.Data.LoadFromEnumerable(rows);
        var model = _mlContext.Transforms.Categorical.OneHotHashEncoding("Housing", numberOfBits: 5)
            .Append(_mlContext.Transforms.VaeDetect(Options("Age", "Housing"))).Fit(data);
        using var engine = _mlContext.Model.CreatePredictionEngine<MixedRow, DetectedRow>(model);
        var known = ((IEnumerable<ITransformer>)model).OfType<VaeDetectionTransformer>().Single().Detector.Parts[0].Known;
        known.Counts.ToArray().Count(count => count > 0).Should().Be(2);

        float Score(string housing) => engine.Predict(new MixedRow { Age = 50, Housing = housing }).Score;

        Score("castle").Should().BeGreaterThan(Score("own") + 2).And.BeGreaterThan(Score("rent"));
    }

    [Fact]
    public void Columns_and_options_that_do_not_do_are_named()
    {
        Fails(options => options.InputColumnNames = [], "InputColumnNames");
        Fails(options => options.ScoreColumnName = "", "ScoreColumnName");
        Fails(options => options.PValueColumnName = "Score", "'Score' specified multiple times");
        Fails(options => options.PredictedLabelColumnName = "Features", "'Features' cannot be an input and an output");
        Fails(options => options.ExampleWeightColumnName = "PValue", "ExampleWeightColumnName");
        Fails(options => options.FalseAlarmRate = 1, "FalseAlarmRate");
        Fails(options => options.Trim = 0.6, "Trim");
        Fails(options => options.Contamination = -1, "Contamination");
        Fails(options => options.LatentDimension = 0, "LatentDimension");

        void Fails(Action<VaeDetectionEstimator.Options> change, string message)
        {
            var options = Options("Features");
            change(options);
            Failure.Of<ArgumentOutOfRangeException>(() => _mlContext.Transforms.VaeDetect(options), message);
        }
    }

    [Fact]
    public void Too_few_rows_and_wrong_columns_fail_as_ML_NET_fails()
    {
        Failure.Of<InvalidOperationException>(
            () => _mlContext.Transforms.VaeDetect("Features", falseAlarmRate: 0.001).Fit(Tables.Vectors(_mlContext)),
            "FalseAlarmRate", "fewer than 999 calibration rows", "Input: 'Features'");
        Failure.Of<ArgumentOutOfRangeException>(
            () => _mlContext.Transforms.VaeDetect("Other").Fit(Tables.Vectors(_mlContext)), "Could not find input column 'Other'");
        Failure.Of<ArgumentOutOfRangeException>(
            () => _mlContext.Transforms.VaeDetect("Other").GetOutputSchema(Shapes.Of(Tables.Vectors(_mlContext).Schema)), "'Other'");
        var model = _mlContext.Transforms.VaeDetect(Options("Features")).Fit(Tables.Vectors(_mlContext));
        Failure.Of<ArgumentOutOfRangeException>(() => model.Transform(Tables.Mixed(_mlContext)), "'Features'");
    }

    [Fact]
    public void A_cancelled_training_goes_on_from_its_checkpoint_to_the_same_detector()
    {
        using var folder = new TemporaryFolder();
        var data = Tables.Mixed(_mlContext);
        var expected = Read(_mlContext.Transforms.VaeDetect(Options(CancellationToken.None, _ => { })).Fit(data).Transform(data));
        using var source = new CancellationTokenSource();
        var cancelled = Options(source.Token, epoch =>
        {
            if (epoch == 3) source.Cancel();
        });
        cancelled.Checkpoints = new CheckpointSettings { Path = folder["checkpoint"], EveryEpochs = 1 };
        var epochs = new List<int>();
        var resumed = Options(CancellationToken.None, epochs.Add);
        resumed.Checkpoints = cancelled.Checkpoints;

        FluentActions.Invoking(() => _mlContext.Transforms.VaeDetect(cancelled).Fit(data)).Should().Throw<OperationCanceledException>();
        var model = _mlContext.Transforms.VaeDetect(resumed).Fit(data);

        epochs.Should().Equal(4, 5);
        Read(model.Transform(data)).Should().Equal(expected);
        model.ConditionColumnNames.Should().Equal("Telephone");

        static VaeDetectionEstimator.Options Options(CancellationToken token, Action<int> onEpoch)
        {
            var options = DetectionTests.Options("Age", "Income");
            options.ConditionColumnNames = ["Telephone"];
            options.ExampleWeightColumnName = "Weight";
            options.CancellationToken = token;
            options.Progress = new Listener(epoch => onEpoch(epoch.Epoch));
            return options;
        }
    }

    [Fact]
    public void What_is_set_beside_the_model_replaces_its_value()
    {
        var options = Options("Features");
        (options.Epochs, options.Seed) = (1, 5);
        var model = _mlContext.Transforms.VaeDetect(options).Fit(Tables.Vectors(_mlContext));
        var trained = model.Detector.Models[0].Options;
        (trained.Epochs, trained.Seed, trained.LatentDimension).Should().Be((1, 5, Quick.Model.LatentDimension));
    }

    [Fact]
    public void Rows_are_selected_by_their_false_discovery_rate()
    {
        float[] pValues = [0.01f, float.NaN, 0.9f, 0.02f, 0.5f, 0.03f];
        var data = _mlContext.Data.LoadFromEnumerable(pValues.Select((value, i) => new TestedRow { Number = i, PValue = value }));

        var selected = _mlContext.AnomalyDetection.SelectByFalseDiscoveryRate(data, 0.05);

        selected.GetColumn<float>("Number").Should().Equal(0, 3, 5);
        _mlContext.AnomalyDetection.SelectByFalseDiscoveryRate(data, 0.001).GetColumn<float>("Number").Should().BeEmpty();
        _mlContext.AnomalyDetection.SelectByFalseDiscoveryRate(data, 1).GetColumn<float>("Number").Should().HaveCount(5);
    }

    [Fact]
    public void A_selection_that_cannot_be_made_is_refused()
    {
        var data = _mlContext.Data.LoadFromEnumerable(new[] { new TestedRow { PValue = 2, Name = "x" } });
        Failure.Of<InvalidOperationException>(() => Select(0.1, "PValue"), "'PValue'", "between 0 and 1");
        Failure.Of<ArgumentOutOfRangeException>(() => Select(0.1, "Other"), "'Other'");
        Failure.Of<ArgumentOutOfRangeException>(() => Select(0.1, "Name"), "'Name'", "Single");
        Failure.Of<ArgumentOutOfRangeException>(() => Select(0, "PValue"), "falseDiscoveryRate");

        void Select(double rate, string column) => _mlContext.AnomalyDetection.SelectByFalseDiscoveryRate(data, rate, column);
    }

    private static VaeDetectionEstimator.Options Options(params string[] inputs) =>
        new() { InputColumnNames = inputs, Model = Quick.Model with { Epochs = 5 }, Seed = 7, FalseAlarmRate = 0.05, Trim = 0.1 };

    private OneHotEncodingEstimator Encode(string column) => _mlContext.Transforms.Categorical.OneHotEncoding(column);

    private DetectedRow[] Read(IDataView view) => [.. _mlContext.Data.CreateEnumerable<DetectedRow>(view, reuseRowObject: false)];

    private static string Annotation(DataViewSchema.Column column, string name)
    {
        var value = default(ReadOnlyMemory<char>);
        column.Annotations.GetValue(name, ref value);
        return value.ToString();
    }

    private sealed record DetectedRow
    {
        public float Score { get; set; }

        public float PValue { get; set; }

        public bool PredictedLabel { get; set; }
    }

    private sealed class LabelledRow
    {
        [VectorType(4)]
        public float[] Features { get; set; } = [];

        public float Label { get; set; }
    }

    private sealed class TestedRow
    {
        public float Number { get; set; }

        public float PValue { get; set; }

        public string Name { get; set; } = "";
    }
}
