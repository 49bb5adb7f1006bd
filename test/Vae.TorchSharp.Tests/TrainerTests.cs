using FluentAssertions;
using Vae.Data;
using Vae.History;
using Vae.Monitoring;
using Vae.Options;
using Vae.Training;
using Vae.Training.Checkpoints;
using Vae.Training.Managed;
using Vae.Training.Rows;

namespace Vae.TorchSharp.Tests;

/// <summary>Trainings from beginning to end.</summary>
public sealed class TrainerTests
{
    private static readonly VaeOptions Small = new() { LatentDimension = 2, HiddenLayers = [16, 8], Epochs = 12, BatchSize = 32, Seed = 4 };

    [TorchFact]
    public void A_training_gives_a_model_with_history_and_diagnosis()
    {
        var rows = TestTables.Rows(TestLayouts.Mixed, 300, missing: true);
        var model = new TorchTrainer().Train(rows, Small with { InitialWeights = InitialWeightsKind.Random, Epochs = 60 });

        model.History!.Trainer.Should().Be("TorchSharp (CPU)");
        model.History.TrainingRows.Should().Be(270);
        model.History.ValidationRows.Should().Be(30);
        var epochs = model.History.Epochs;
        epochs[^1].ValidationReconstruction.Should().BeLessThan(epochs[0].ValidationReconstruction - 3);
        epochs[^1].NoiseScale.Should().BeLessThan(epochs[0].NoiseScale);
        epochs[^1].LearningRate.Should().BeLessThan(epochs[0].LearningRate);
        model.Diagnosis.Should().NotBeNull();
        var embedding = new float[300 * 2];
        model.Encode(Matrix(rows), embedding, new float[300 * 2]);
        embedding.Should().OnlyContain(value => float.IsFinite(value)).And.NotContain(0);
    }

    [TorchFact]
    public void A_model_tells_drift_from_chance_without_its_training_rows()
    {
        var model = new TorchTrainer().Train(TestTables.Mixed(400), Small with { Seed = 6 });
        VaeDrift.Compare(model, TestTables.Mixed(300, seed: 2)).Drifted(0.01).Should().BeEmpty();
        VaeDrift.Compare(model, TestTables.Mixed(300, seed: 2, missing: 0.3)).Drifted(0.01)
            .Should().Contain(test => test.Kind == DriftKind.Missing);
    }

    [TorchFact]
    public void The_same_seed_gives_the_same_model()
    {
        var rows = TestTables.Rows(TestLayouts.Mixed, 200);
        var options = Small with { Dropout = 0.1, InputNoise = 0.1, InputMasking = 0.1 };
        var context = new TrainingContext { ThreadCount = 1 };
        var first = new TorchTrainer().Train(rows, options, context);
        var second = new TorchTrainer().Train(rows, options, context);
        var other = new TorchTrainer().Train(rows, options with { Seed = 5 }, context);

        second.Parameters.Weights.Values.Should().Equal(first.Parameters.Weights.Values);
        other.Parameters.Weights.Values.Should().NotEqual(first.Parameters.Weights.Values);
    }

    [TorchFact]
    public void Both_trainers_judge_held_out_rows_alike_and_end_up_close()
    {
        var rows = TestTables.Rows(TestLayouts.Mixed, 400, missing: true);
        var options = Small with { Epochs = 80 };
        double torch = new TorchTrainer().Train(rows, options).History!.Epochs.Min(epoch => epoch.ValidationLoss);
        double managed = new ManagedTrainer().Train(rows, options).History!.Epochs.Min(epoch => epoch.ValidationLoss);

        torch.Should().BeApproximately(managed, 0.03 * Math.Abs(managed));
    }

    [TorchFact]
    public void Both_trainers_begin_at_the_same_principal_components()
    {
        var rows = TestTables.Rows(TestLayouts.Mixed, 200, missing: true);
        var options = Small with { InitialWeights = InitialWeightsKind.PrincipalComponents, Epochs = 1, LearningRate = 1e-12 };
        var torch = new TorchTrainer().Train(rows, options);
        var managed = new ManagedTrainer().Train(rows, options);
        var random = new ManagedTrainer().Train(rows, options with { InitialWeights = InitialWeightsKind.Random });

        torch.Parameters.Weights.Values.Zip(managed.Parameters.Weights.Values, (a, b) => Math.Abs(a - b)).Max().Should().BeLessThan(1e-6f);
        managed.Parameters.Weights.Values.Should().NotEqual(random.Parameters.Weights.Values);
    }

    [TorchFact]
    public void Both_trainers_learn_the_same_normal_scores()
    {
        var rows = TestTables.Rows(TestLayouts.Mixed, 400, missing: true);
        var options = Small with { Standardization = StandardizationMethod.Quantile, Epochs = 80 };
        var torch = new TorchTrainer().Train(rows, options);
        var managed = new ManagedTrainer().Train(rows, options);

        torch.Standardization.Maps.Select(map => map?.Points.ToArray())
            .Should().BeEquivalentTo(managed.Standardization.Maps.Select(map => map?.Points.ToArray()));
        torch.Standardization.Maps.Should().Contain(map => map != null);
        double loss = managed.History.Epochs.Min(epoch => epoch.ValidationLoss);
        torch.History.Epochs.Min(epoch => epoch.ValidationLoss).Should().BeApproximately(loss, 0.03 * Math.Abs(loss));
    }

    [TorchFact]
    public void The_validation_loss_is_the_weighted_mean_over_the_held_out_rows_whatever_the_training_rows_weigh()
    {
        var values = Matrix(TestTables.Rows(TestLayouts.Mixed, 200));
        using var table = RowTable.Read(new MatrixRows(TestLayouts.Mixed, values), new TableResources());
        var split = new DataSplit(table, Small.ValidationFraction, (ulong)Small.Seed);
        VaeModel Train(float heldOut, float training) => new TorchTrainer().Train(
            new MatrixRows(
                TestLayouts.Mixed, values,
                Enumerable.Range(0, 200).Select(row => split.IsHeldOut(row) ? heldOut : training).ToArray()),
            Small with { Epochs = 2 }, new TrainingContext { ThreadCount = 1 });

        var equal = Train(1, 1).History.Epochs;
        Train(0.25f, 1).History.Epochs.Should().Equal(equal);
        Train(1, 16).History.Epochs.Should().Equal(equal);
        Train(0, 1).History.ValidationRows.Should().Be(0);
    }

    [TorchFact]
    public void Batch_normalization_is_refused_where_a_step_would_have_one_row()
    {
        var train = () => new TorchTrainer().Train(
            TestTables.Rows(TestLayouts.Numeric, 33), Small with { BatchNormalization = true, BatchSize = 2 });
        train.Should().Throw<ArgumentException>().WithMessage("BatchNormalization*BatchSize*");
    }

    [TorchFact]
    public void Training_stops_early_and_restores_the_best_weights()
    {
        var rows = TestTables.Rows(TestLayouts.Numeric, 120);
        var options = Small with
        {
            Epochs = 400,
            EarlyStoppingPatience = 3,
            LearningRate = 0.02,
            LearningRateSchedule = LearningRateSchedule.Constant,
            RegularizerSchedule = WeightSchedule.Constant(),
            ValidationFraction = 0.25,
        };
        var history = new TorchTrainer().Train(rows, options).History!;

        history.StoppedEarly.Should().BeTrue();
        history.Epochs.Count.Should().Be(history.BestEpoch + 3);
        history.Epochs[history.BestEpoch - 1].ValidationLoss.Should().Be(history.Epochs.Min(epoch => epoch.ValidationLoss));
    }

    [TorchFact]
    public void Progress_is_reported_after_every_epoch()
    {
        var reports = new List<EpochMetrics>();
        var context = new TrainingContext { Progress = new Listener(reports.Add) };
        var model = new TorchTrainer().Train(TestTables.Rows(TestLayouts.Numeric, 100), Small, context);

        reports.Should().Equal(model.History!.Epochs);
    }

    [TorchFact]
    public void Cancellation_ends_training()
    {
        using var source = new CancellationTokenSource();
        var context = new TrainingContext { CancellationToken = source.Token, Progress = new Listener(_ => source.Cancel()) };
        var train = () => new TorchTrainer().Train(TestTables.Rows(TestLayouts.Numeric, 100), Small, context);

        train.Should().Throw<OperationCanceledException>();
    }

    [TorchFact]
    public void A_cancelled_training_gives_its_best_model_on_request()
    {
        using var source = new CancellationTokenSource();
        var context = new TrainingContext
        {
            CancellationToken = source.Token,
            CancellationBehavior = CancellationBehavior.ReturnBestModel,
            Progress = new Listener(metrics =>
            {
                if (metrics.Epoch == 4) source.Cancel();
            }),
        };
        var model = new TorchTrainer().Train(TestTables.Rows(TestLayouts.Numeric, 100), Small, context);

        model.History.Cancelled.Should().BeTrue();
        model.History.Epochs.Should().HaveCount(4);
        model.Parameters.Weights.Values.Should().OnlyContain(weight => float.IsFinite(weight));
    }

    [TorchFact]
    public void Training_continues_from_a_model_of_the_managed_trainer()
    {
        var rows = TestTables.Rows(TestLayouts.Mixed, 200);
        var begun = new ManagedTrainer().Train(rows, Small with { Epochs = 40, RegularizerSchedule = WeightSchedule.Constant() });
        var options = Small with { Epochs = 1, LearningRate = 1e-9, RegularizerSchedule = WeightSchedule.Constant(), WeightDecay = 0 };
        var continued = new TorchTrainer().Train(rows, options, new TrainingContext { InitialModel = begun });

        var best = begun.History.Epochs[begun.History.BestEpoch - 1];
        continued.History.Epochs[0].ValidationKullbackLeibler.Should().BeApproximately(best.ValidationKullbackLeibler, 1e-3);
        continued.Diagnosis.Reconstruction.Should().BeApproximately(begun.Diagnosis.Reconstruction, 1e-3);
    }

    [TorchFact]
    public void An_anchor_holds_the_latent_space_in_its_place()
    {
        float[] values = new float[200 * TestLayouts.Conditional.RowWidth];
        var rows = TestTables.Rows(TestLayouts.Conditional, 200, missing: true);
        using (var reader = rows.Open())
            reader.Read(values, default);
        var old = new ManagedTrainer().Train(rows, Small with { Epochs = 20 });
        float[] before = Encode(old);
        Moved(30).Should().BeLessThan(0.3 * Moved(0));

        double Moved(double weight)
        {
            var context = new TrainingContext { InitialModel = old, AnchorWeight = weight };
            return Encode(new TorchTrainer().Train(rows, Small with { Epochs = 20, Seed = 9 }, context))
                .Zip(before, (a, b) => Math.Pow(a - b, 2)).Average();
        }

        float[] Encode(VaeModel model)
        {
            float[] means = new float[200 * model.LatentDimension];
            model.Encode(values, means);
            return means;
        }
    }

    [TorchFact]
    public void A_loss_that_becomes_NaN_ends_training_with_advice()
    {
        var options = Small with { LearningRate = 1e18, GradientClipNorm = double.PositiveInfinity };
        var train = () => new TorchTrainer().Train(TestTables.Rows(TestLayouts.Numeric, 100), options);

        train.Should().Throw<TrainingDivergedException>().WithMessage("*LearningRate below*");
    }

    [TorchFact]
    public void A_training_that_was_interrupted_goes_on_as_if_nothing_had_happened()
    {
        var rows = TestTables.Rows(TestLayouts.Mixed, 200, missing: true);
        var options = Small with { Dropout = 0.1, InputNoise = 0.1, BatchNormalization = true };
        var uninterrupted = new TorchTrainer().Train(rows, options, new TrainingContext { ThreadCount = 1 });

        using var folder = new TemporaryFolder();
        string path = folder["checkpoint"];
        var checkpoints = new CheckpointSettings { Path = path, EveryEpochs = 1 };
        var interruption = new Listener(epoch =>
        {
            if (epoch.Epoch == 7) throw new IOException("lost");
        });
        var interrupted = () => new TorchTrainer().Train(
            rows, options, new TrainingContext { ThreadCount = 1, Checkpoints = checkpoints, Progress = interruption });
        interrupted.Should().Throw<IOException>();
        var reports = new List<EpochMetrics>();
        var resumed = new TorchTrainer().Train(
            rows, options, new TrainingContext { ThreadCount = 1, Checkpoints = checkpoints, Progress = new Listener(reports.Add) });

        reports[0].Epoch.Should().Be(8);
        resumed.Parameters.Weights.Values.Should().Equal(uninterrupted.Parameters.Weights.Values);
        File.Exists(path).Should().BeFalse();
    }

    [TorchFact]
    public void An_option_out_of_range_is_refused_by_name()
    {
        var train = () => new TorchTrainer().Train(TestTables.Rows(TestLayouts.Numeric, 100), Small with { Dropout = 1 });

        train.Should().Throw<ArgumentOutOfRangeException>().WithMessage("*Dropout*");
    }

    private static float[] Matrix(MatrixRows rows)
    {
        var values = new float[rows.Count * rows.Layout.RowWidth];
        using var reader = rows.Open();
        reader.Read(values, default).Should().Be(rows.Count);
        return values;
    }
}
