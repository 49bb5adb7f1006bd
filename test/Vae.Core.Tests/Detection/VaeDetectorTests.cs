using FluentAssertions;
using Vae.Data;
using Vae.Detection;
using Vae.Options;
using Vae.Training;
using Vae.Training.Managed;
using Xunit;

namespace Vae.Core.Tests.Detection;

public sealed class VaeDetectorTests
{
    private static readonly VaeOptions Small = new() { LatentDimension = 2, HiddenLayers = [8], Epochs = 10 };

    private static readonly DetectionOptions Options = new() { Model = Small, FalseAlarmRate = 0.05 };

    [Fact]
    public void Anomalies_score_higher_and_have_smaller_p_values()
    {
        var detector = VaeDetector.Train(new ManagedTrainer(), Line(400), Options with { Model = Small with { Epochs = 100 } });
        var detections = new RowDetection[2];
        detector.Detect([0.5f, 0.5f, 0.5f, 0, 1, 0], detections);

        detections[0].IsAnomaly.Should().BeFalse();
        detections[1].IsAnomaly.Should().BeTrue();
        detections[1].Score.Should().BeGreaterThan(detections[0].Score);
        detections[1].PValue.Should().BeLessThan(detections[0].PValue).And.BeLessThanOrEqualTo(0.05f);
        detections[1].KullbackLeibler.Should().BePositive();
        detector.CalibrationRows.Should().Be(80);
    }

    [Fact]
    public void A_row_that_calibrates_a_model_never_reached_its_trainer()
    {
        var trainer = new RecordingTrainer();
        var detector = VaeDetector.Train(trainer, Numbered(100), Options with { Trim = 0.1, CalibrationFolds = 3 });

        detector.Models.Should().HaveCount(3);
        detector.CalibrationRows.Should().Be(100);
        trainer.Seen.Should().HaveCount(3 * 4, "each fold has three short trainings before the real one");
        var calibrating = trainer.Seen.Chunk(4)
            .Select(fold => Enumerable.Range(0, 100).Except(fold.SelectMany(rows => rows)).ToArray()).ToArray();
        calibrating.SelectMany(rows => rows).Should().BeEquivalentTo(Enumerable.Range(0, 100), "each row calibrates one fold");
    }

    [Fact]
    public void Trimming_leaves_the_rows_that_score_highest_out_of_the_real_training()
    {
        float[] values = [.. LineValues(190), .. Enumerable.Range(0, 10).SelectMany(i => new[] { 30f + i, -30f, 30f })];
        var trainer = new RecordingTrainer();
        VaeDetector.Train(trainer, new MatrixRows(FeatureLayout.Numeric(3), values), Options with { Trim = 0.1 });

        trainer.Seen[^1].Should().HaveCount(144).And.OnlyContain(first => first < 30);
        trainer.Seen[0].Should().HaveCount(160).And.Contain(first => first >= 30);
        trainer.Epochs.Should().Equal(2, 2, 2, 10);
    }

    [Theory]
    [InlineData(0.01, null, 0.0, 80, "no alarm is possible with fewer than 99 calibration rows. The table has 80 rows: give it more")]
    [InlineData(0.01, 1, 0.0, 100, "with fewer than 99 calibration rows. The table has 100 rows, of which 20 would calibrate it")]
    [InlineData(0.05, null, 0.1, 20, "with fewer than 22 calibration rows")]
    public void Where_no_alarm_is_possible_the_error_says_how_many_rows_are_needed(
        double rate, int? folds, double contamination, int rows, string message)
    {
        var options = Options with { FalseAlarmRate = rate, CalibrationFolds = folds, Contamination = contamination };
        FluentActions.Invoking(() => VaeDetector.Train(new ManagedTrainer(), Line(rows), options))
            .Should().Throw<ArgumentException>().WithMessage($"*FalseAlarmRate*{message}*");
    }

    [Theory]
    [InlineData(150, 5, 150)]
    [InlineData(198, 1, 99)]
    [InlineData(600, 1, 120)]
    public void Where_rows_are_few_all_of_them_calibrate_a_model_that_has_not_seen_them(int rows, int models, int calibrationRows)
    {
        var options = Options with { FalseAlarmRate = 0.01, Trim = 0, Model = Small with { Epochs = 1 } };
        var detector = VaeDetector.Train(new ManagedTrainer(), Line(rows), options);
        detector.Models.Should().HaveCount(models);
        detector.CalibrationRows.Should().Be(calibrationRows);
    }

    [Fact]
    public void A_row_of_weight_0_neither_trains_nor_calibrates()
    {
        float[] weights = [.. Enumerable.Range(0, 100).Select(row => row % 4 == 0 ? 0f : 1f)];
        var trainer = new RecordingTrainer();
        var detector = VaeDetector.Train(trainer, Numbered(100, weights), Options with { Trim = 0 });
        detector.CalibrationRows.Should().Be(19);
        trainer.Seen.Should().ContainSingle().Which.Should().HaveCount(56).And.OnlyContain(row => row % 4 != 0);
    }

    [Fact]
    public void A_row_that_is_not_valid_is_named_by_its_number_in_the_table()
    {
        float[] values = LineValues(100);
        values[3 * 77] = float.PositiveInfinity;
        FluentActions.Invoking(() => VaeDetector.Train(new ManagedTrainer(), new MatrixRows(FeatureLayout.Numeric(3), values), Options))
            .Should().Throw<ArgumentException>().WithMessage("*row 77*");
    }

    [Fact]
    public void The_same_seed_gives_the_same_detector()
    {
        RowDetection[] Detect()
        {
            var detections = new RowDetection[50];
            VaeDetector.Train(new ManagedTrainer(), TestTables.Mixed(200), Options).Detect(TestTables.MixedValues(50, seed: 2), detections);
            return detections;
        }

        Detect().Should().Equal(Detect());
    }

    [Fact]
    public void Checkpoints_of_further_folds_have_files_of_their_own()
    {
        using var folder = new TemporaryFolder();
        var trainer = new RecordingTrainer();
        var context = new TrainingContext { Checkpoints = new() { Path = folder["c"], EveryEpochs = 1 } };
        VaeDetector.Train(trainer, Line(100), Options with { CalibrationFolds = 2 }, context);
        trainer.Checkpoints.Should().Equal(null, null, null, folder["c"], null, null, null, folder["c.2"]);
    }

    [Fact]
    public void A_short_training_can_be_cancelled()
    {
        using var source = new CancellationTokenSource();
        var trainer = new RecordingTrainer { Before = source.Cancel };
        var context = new TrainingContext { CancellationToken = source.Token };
        FluentActions.Invoking(() => VaeDetector.Train(trainer, Line(100), Options, context)).Should().Throw<OperationCanceledException>();
    }

    [Theory]
    [InlineData(nameof(DetectionOptions.FalseAlarmRate))]
    [InlineData(nameof(DetectionOptions.Contamination))]
    [InlineData(nameof(DetectionOptions.Trim))]
    [InlineData(nameof(DetectionOptions.CalibrationFraction))]
    [InlineData(nameof(DetectionOptions.CalibrationFolds))]
    public void An_option_out_of_its_range_is_named(string name)
    {
        var options = name switch
        {
            nameof(DetectionOptions.FalseAlarmRate) => Options with { FalseAlarmRate = 0 },
            nameof(DetectionOptions.Contamination) => Options with { Contamination = 0.5 },
            nameof(DetectionOptions.Trim) => Options with { Trim = double.NaN },
            nameof(DetectionOptions.CalibrationFraction) => Options with { CalibrationFraction = 1 },
            _ => Options with { CalibrationFolds = 0 },
        };
        FluentActions.Invoking(options.Validate).Should().Throw<ArgumentOutOfRangeException>().WithParameterName(name);
    }

    private static MatrixRows Line(int rows) => new(FeatureLayout.Numeric(3), LineValues(rows));

    private static float[] LineValues(int rows)
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, rows).SelectMany(_ =>
        {
            float level = random.NextSingle();
            return new[] { level, level + 0.05f * random.NextSingle(), level + 0.05f * random.NextSingle() };
        })];
    }

    /// <summary>Rows whose first value is their number.</summary>
    private static MatrixRows Numbered(int rows, float[]? weights = null) => new(
        FeatureLayout.Numeric(2), Enumerable.Range(0, rows).SelectMany(row => new[] { row, row % 7f }).ToArray(), weights);

    /// <summary>The managed trainer, and the first values of the rows that it was given.</summary>
    private sealed class RecordingTrainer : IVaeTrainer
    {
        public List<int[]> Seen { get; } = [];

        public List<int> Epochs { get; } = [];

        public List<string?> Checkpoints { get; } = [];

        public Action? Before { get; init; }

        public VaeModel Train(IFeatureRows rows, VaeOptions options, TrainingContext? context = null)
        {
            Before?.Invoke();
            Epochs.Add(options.Epochs);
            Checkpoints.Add(context?.Checkpoints?.Path);
            using (var reader = rows.Open())
            {
                float[] values = new float[1000 * rows.Layout.RowWidth];
                int count = reader.Read(values, new float[rows.HasWeights ? 1000 : 0]);
                Seen.Add([.. Enumerable.Range(0, count).Select(row => (int)values[row * rows.Layout.RowWidth])]);
            }

            return new ManagedTrainer().Train(rows, options, context);
        }
    }
}
