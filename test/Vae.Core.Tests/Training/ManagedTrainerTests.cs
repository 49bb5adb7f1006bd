using FluentAssertions;
using Vae.Data;
using Vae.Options;
using Vae.Training;
using Vae.Training.Managed;
using Xunit;

namespace Vae.Tests.Training;

public class ManagedTrainerTests
{
    private static readonly VaeOptions Small = new() { LatentDimension = 2, HiddenLayers = [12, 8], Epochs = 4, BatchSize = 20 };

    [Fact]
    public void The_model_has_the_weights_of_the_best_epoch()
    {
        var rows = TestTables.Noise(60, 8);
        var options = Small with
        {
            Epochs = 60,
            LearningRate = 0.02,
            LearningRateSchedule = LearningRateSchedule.Constant,
            RegularizerSchedule = WeightSchedule.Constant(),
            ValidationFraction = 0.3,
            EarlyStoppingPatience = 5,
        };
        var model = new ManagedTrainer().Train(rows, options);
        model.History.StoppedEarly.Should().BeTrue();
        model.History.Epochs.Should().HaveCount(model.History.BestEpoch + 5);
        model.History.Epochs.MinBy(epoch => epoch.ValidationLoss)!.Epoch.Should().Be(model.History.BestEpoch);

        var shorter = new ManagedTrainer().Train(rows, options with { Epochs = model.History.BestEpoch });
        shorter.Parameters.Weights.Values.Should().Equal(model.Parameters.Weights.Values);
        model.NoiseScale.Should().Be(model.History.Epochs[model.History.BestEpoch - 1].NoiseScale);
    }

    [Fact]
    public void Rows_that_come_in_pieces_give_the_same_model()
    {
        float[] weights = [.. Enumerable.Range(0, 90).Select(row => 1f + row % 3)];
        var rows = new MatrixRows(TestLayouts.Mixed, TestTables.MixedValues(90), weights);
        var whole = new ManagedTrainer().Train(rows, Small);
        var pieces = new ManagedTrainer().Train(new PieceRows(rows), Small);
        pieces.Parameters.Weights.Values.Should().Equal(whole.Parameters.Weights.Values);
        pieces.History.Epochs.Should().Equal(whole.History.Epochs);
    }

    [Fact]
    public void Losses_of_the_history_add_up()
    {
        var options = Small with
        {
            ReconstructionWeight = 0.3,
            Regularizer = RegularizerOptions.KullbackLeibler(2),
            RegularizerSchedule = WeightSchedule.Constant(),
            ValidationFraction = 0.25,
        };
        var epochs = new ManagedTrainer().Train(TestTables.Mixed(100), options).History.Epochs;
        epochs.Should().HaveCount(4);
        foreach (var epoch in epochs)
        {
            epoch.Loss.Should().BeApproximately(0.3 * epoch.Reconstruction + 2 * epoch.KullbackLeibler, 1e-5 * Math.Abs(epoch.Loss));
            epoch.ValidationLoss.Should().BeApproximately(
                0.3 * epoch.ValidationReconstruction + 2 * epoch.ValidationKullbackLeibler, 1e-5 * Math.Abs(epoch.ValidationLoss));
        }

        epochs[^1].Loss.Should().BeLessThan(epochs[0].Loss);
    }

    [Theory]
    [InlineData(100, 0.1, 10)]
    [InlineData(105, 0.1, 11)]
    [InlineData(99, 0.333, 33)]
    [InlineData(50, 0, 0)]
    [InlineData(20, 0.9, 18)]
    public void The_validation_fraction_is_exact(int rows, double fraction, int heldOut)
    {
        var options = Small with { Epochs = 1, ValidationFraction = fraction };
        var history = new ManagedTrainer().Train(TestTables.Noise(rows, 3), options).History;
        history.ValidationRows.Should().Be(heldOut);
        history.TrainingRows.Should().Be(rows - heldOut);
    }

    [Fact]
    public void The_validation_loss_compares_epochs_by_the_same_noise()
    {
        var options = Small with
        {
            LearningRate = 1e-30,
            WeightDecay = 0,
            Dropout = 0.3,
            InputNoise = 0.5,
            ValidationFraction = 0.3,
            RegularizerSchedule = WeightSchedule.Constant(),
        };
        var epochs = new ManagedTrainer().Train(TestTables.Noise(80, 3), options).History.Epochs;
        epochs.Select(epoch => epoch.ValidationLoss).Distinct().Should().ContainSingle();
        epochs.Select(epoch => epoch.Loss).Distinct().Should().HaveCount(4);
    }

    [Fact]
    public void A_warm_start_goes_on_from_weights_and_standardization()
    {
        var first = new ManagedTrainer().Train(TestTables.Mixed(100), Small);
        var options = Small with { Epochs = 1, LearningRate = 1e-30, WeightDecay = 0, NoiseScale = Small.NoiseScale };
        var second = new ManagedTrainer().Train(TestTables.Mixed(80, seed: 9), options, new TrainingContext { InitialModel = first });
        second.Parameters.Weights.Values.Should().Equal(first.Parameters.Weights.Values);
        second.Standardization.Means.Should().Equal(first.Standardization.Means);
        second.Standardization.Deviations.Should().Equal(first.Standardization.Deviations);

        var better = new ManagedTrainer().Train(TestTables.Mixed(100), Small, new TrainingContext { InitialModel = first });
        better.History.Epochs[0].Reconstruction.Should().BeLessThan(first.History.Epochs[0].Reconstruction);
    }

    [Fact]
    public void A_warm_start_from_another_layout_or_architecture_is_refused()
    {
        var first = new ManagedTrainer().Train(TestTables.Mixed(40), Small with { Epochs = 1 });
        var context = new TrainingContext { InitialModel = first };
        var layout = () => new ManagedTrainer().Train(TestTables.Noise(40, 3), Small, context);
        layout.Should().Throw<ArgumentException>().WithMessage("*layout*");
        VaeOptions[] others =
        [
            Small with { LatentDimension = 3 }, Small with { HiddenLayers = [12] }, Small with { BatchNormalization = true },
            Small with { NoiseScale = NoiseScaleOptions.Computed() },
        ];
        foreach (var options in others)
        {
            var architecture = () => new ManagedTrainer().Train(TestTables.Mixed(40), options, context);
            architecture.Should().Throw<ArgumentException>()
                .WithMessage("*architecture*LatentDimension*HiddenLayers*BatchNormalization*NoiseScale*");
        }
    }

    [Fact]
    public void A_learning_rate_out_of_all_proportion_makes_training_diverge()
    {
        var options = Small with
        {
            LearningRate = 1e12,
            LearningRateSchedule = LearningRateSchedule.Constant,
            GradientClipNorm = double.PositiveInfinity,
            NoiseScale = NoiseScaleOptions.Fixed(),
            Epochs = 20,
        };
        var training = () => new ManagedTrainer().Train(TestTables.Noise(100, 4), options);
        training.Should().Throw<TrainingDivergedException>().WithMessage("*epoch*of 20*LearningRate below 1*finite GradientClipNorm*");
    }

    [Fact]
    public void A_cancelled_token_ends_training_at_once()
    {
        var context = new TrainingContext { CancellationToken = new CancellationToken(true) };
        var training = () => new ManagedTrainer().Train(TestTables.Noise(100, 4), Small, context);
        training.Should().Throw<OperationCanceledException>();
    }
}
