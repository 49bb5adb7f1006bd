using FluentAssertions;
using Vae.History;
using Vae.Options;
using Vae.Training;
using Xunit;

namespace Vae.Tests.Training;

public class TrainingLoopTests
{
    private static readonly VaeOptions Options = new()
    {
        LatentDimension = 2,
        HiddenLayers = [4],
        BatchSize = 25,
        ValidationFraction = 0.2,
        RegularizerSchedule = WeightSchedule.Constant(),
        EarlyStoppingPatience = 3,
        Epochs = 20,
    };

    [Fact]
    public void Training_ends_when_patience_does_and_keeps_the_best_epoch()
    {
        var engine = new ScriptedEngine(9, 7, 8, 5, 5, 6, 5.5, 4, 3, 2);
        var history = engine.Run(Options, 50).History;
        history.StoppedEarly.Should().BeTrue();
        history.BestEpoch.Should().Be(4);
        history.Epochs.Select(epoch => epoch.ValidationLoss).Should().Equal(9, 7, 8, 5, 5, 6, 5.5);
        engine.Saved.Should().Equal(1, 2, 4);
    }

    [Fact]
    public void Without_early_stopping_all_epochs_run_and_the_best_is_kept()
    {
        var engine = new ScriptedEngine([3, .. Enumerable.Repeat(5.0, 19)]);
        var history = engine.Run(Options with { EarlyStopping = false }, 50).History;
        history.StoppedEarly.Should().BeFalse();
        history.Epochs.Should().HaveCount(20);
        history.BestEpoch.Should().Be(1);
    }

    [Fact]
    public void Epochs_before_the_schedule_has_settled_do_not_compete_with_those_after()
    {
        var engine = new ScriptedEngine(1, 1, 1, 1, 9, 8, 8.5, 8.5, 8.5);
        var history = engine.Run(Options with { RegularizerSchedule = WeightSchedule.WarmUp(4) }, 50).History;
        history.BestEpoch.Should().Be(6);
        engine.Saved.Should().Equal(1, 2, 3, 4, 5, 6);
        history.Epochs.Should().HaveCount(9);
    }

    [Fact]
    public void Without_held_out_rows_the_last_epoch_is_kept()
    {
        var engine = new ScriptedEngine();
        var history = engine.Run(Options with { ValidationFraction = 0, Epochs = 6 }, 50).History;
        history.BestEpoch.Should().Be(6);
        history.ValidationRows.Should().Be(0);
        history.Epochs.Should().OnlyContain(epoch => double.IsNaN(epoch.ValidationLoss));
    }

    [Fact]
    public void History_tells_the_course_of_the_training()
    {
        var engine = new ScriptedEngine(4, 3) { TrainingLoss = epoch => 10.0 / epoch };
        var history = engine.Run(Options with { Epochs = 2 }, 50).History;
        history.Trainer.Should().Be("Scripted");
        history.TrainingRows.Should().Be(40);
        history.ValidationRows.Should().Be(10);
        var last = history.Epochs[1];
        last.Epoch.Should().Be(2);
        last.Epochs.Should().Be(2);
        last.Loss.Should().BeApproximately(5, 1e-12);
        last.Reconstruction.Should().BeApproximately(3.5, 1e-12);
        last.KullbackLeibler.Should().BeApproximately(1.5, 1e-12);
        last.ValidationLoss.Should().Be(3);
        last.NoiseScale.Should().Be(0.5);
    }

    [Fact]
    public void An_epoch_is_cut_into_steps_of_nearly_equal_size_none_above_the_batch_size()
    {
        var engine = new ScriptedEngine(1, 1);
        engine.Run(Options with { BatchSize = 30, Epochs = 2 }, 100);
        engine.Counts.Should().HaveCount(6).And.OnlyContain(count => count == 26 || count == 27);
        engine.Counts.Take(3).Sum().Should().Be(80);
        engine.Steps.Select(step => step.Step).Should().Equal(0, 1, 2, 3, 4, 5);
    }

    [Fact]
    public void The_learning_rate_follows_half_a_cosine_wave_down_to_a_hundredth()
    {
        var engine = new ScriptedEngine(1, 1, 1, 1);
        engine.Run(Options with { BatchSize = 20, Epochs = 4, LearningRate = 0.5 }, 50);
        engine.Steps.Should().HaveCount(8);
        for (int step = 0; step < 8; step++)
            engine.Steps[step].LearningRate.Should().BeApproximately(0.5 * (0.01 + 0.99 * (1 + Math.Cos(Math.PI * step / 8)) / 2), 1e-12);
    }

    [Fact]
    public void A_constant_learning_rate_stays()
    {
        var engine = new ScriptedEngine(1, 1);
        engine.Run(Options with { Epochs = 2, LearningRateSchedule = LearningRateSchedule.Constant, LearningRate = 0.25 }, 50);
        engine.Steps.Should().HaveCount(4).And.OnlyContain(step => step.LearningRate == 0.25);
    }

    [Fact]
    public void The_regularizer_warms_up_within_epochs_too()
    {
        var engine = new ScriptedEngine(1, 1, 1);
        var history = engine.Run(Options with { BatchSize = 20, Epochs = 3, RegularizerSchedule = WeightSchedule.WarmUp(2) }, 50).History;
        engine.Steps.Select(step => step.RegularizerFactor).Should().Equal(0, 0.25, 0.5, 0.75, 1, 1);
        history.Epochs.Select(epoch => epoch.RegularizerFactor).Should().Equal(0.25, 0.75, 1);
    }

    [Fact]
    public void Progress_is_told_of_every_epoch()
    {
        var told = new List<EpochMetrics>();
        var engine = new ScriptedEngine(3, 2, 1);
        var history = engine.Run(Options with { Epochs = 3 }, 50, new TrainingContext { Progress = new Listener(told.Add) }).History;
        told.Should().Equal(history.Epochs);
        told.Select(epoch => epoch.Epoch).Should().Equal(1, 2, 3);
    }

    [Fact]
    public void Cancellation_ends_training_before_the_next_step()
    {
        using var source = new CancellationTokenSource();
        var engine = new ScriptedEngine(1, 1, 1) { OnStep = step => { if (step == 3) source.Cancel(); } };
        var training = () => engine.Run(Options, 50, new TrainingContext { CancellationToken = source.Token });
        training.Should().Throw<OperationCanceledException>();
        engine.Steps.Should().HaveCount(3);
    }

    [Fact]
    public void Cancellation_is_seen_between_the_minibatches_of_held_out_rows()
    {
        using var source = new CancellationTokenSource();
        var numbers = new List<long>();
        var engine = new ScriptedEngine(1)
        {
            OnEvaluate = number =>
            {
                numbers.Add(number);
                if (number == 50) source.Cancel();
            },
        };
        var training = () => engine.Run(Options, 1000, new TrainingContext { CancellationToken = source.Token });
        training.Should().Throw<OperationCanceledException>();
        numbers.Should().Equal(0, 25, 50);
    }

    [Fact]
    public void Cancellation_is_seen_in_the_diagnosis_unless_a_model_is_asked_for()
    {
        foreach (var behavior in Enum.GetValues<CancellationBehavior>())
        {
            using var source = new CancellationTokenSource();
            var engine = new ScriptedEngine(1) { OnSave = (_, _) => source.Cancel() };
            var context = new TrainingContext { CancellationToken = source.Token, CancellationBehavior = behavior };
            var training = () => engine.Run(Options with { Epochs = 1 }, 50, context);
            if (behavior == CancellationBehavior.Throw)
                training.Should().Throw<OperationCanceledException>();
            else
                training().Diagnosis.Rows.Should().Be(50);
        }
    }

    [Fact]
    public void A_validation_loss_that_explodes_ends_training()
    {
        var training = () => new ScriptedEngine(4, 1e27).Run(Options, 50);
        training.Should().Throw<TrainingDivergedException>().WithMessage("*the loss of the held-out rows rose to 1E+27*epoch 2 of 20*");
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_loss_that_is_no_number_ends_training_with_the_best_model(double loss)
    {
        var engine = new ScriptedEngine(4, 3, 2) { TrainingLoss = epoch => epoch == 3 ? loss : 1 };
        var training = () => engine.Run(Options, 50);
        var exception = training.Should().Throw<TrainingDivergedException>().Which;
        exception.Message.Should().Contain("epoch 3 of 20").And.Contain("LearningRate below 0.004");
        exception.Message.Should().Contain("GradientClipNorm below 10");
        exception.BestModel.History.BestEpoch.Should().Be(2);
        exception.History.Epochs.Should().HaveCount(2);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_weight_or_a_running_average_that_is_no_number_ends_training_with_the_best_model(bool buffer)
    {
        var engine = new ScriptedEngine(4, 3, 2)
        {
            OnSave = (epoch, saved) =>
            {
                if (epoch == 3) (buffer ? saved.Buffers : saved.Weights).Values.AsSpan()[0] = float.NaN;
            },
        };
        var training = () => engine.Run(Options with { BatchNormalization = true }, 50);
        var exception = training.Should().Throw<TrainingDivergedException>()
            .WithMessage("*a weight became infinite or NaN in epoch 3 of 20*").Which;
        exception.BestModel.History.BestEpoch.Should().Be(2);
        exception.BestModel.Parameters.AreFinite.Should().BeTrue();
    }

    [Fact]
    public void A_validation_loss_that_is_no_number_ends_training()
    {
        var training = () => new ScriptedEngine(double.NaN).Run(Options, 50);
        training.Should().Throw<TrainingDivergedException>().Which.BestModel.History.BestEpoch.Should().Be(0);
    }
}
