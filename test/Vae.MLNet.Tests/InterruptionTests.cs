using System.Globalization;
using System.Text.RegularExpressions;
using FluentAssertions;
using Microsoft.ML;
using Microsoft.ML.Runtime;
using Vae.History;
using Vae.Options;
using Vae.Training;
using Vae.Training.Checkpoints;
using Xunit;

namespace Vae.MLNet.Tests;

/// <summary>Trainings that do not come to their end.</summary>
public sealed class InterruptionTests
{
    private readonly MLContext _mlContext = new(1);

    [Fact]
    public void An_interrupted_fit_goes_on_from_its_checkpoint_to_the_same_model()
    {
        using var folder = new TemporaryFolder();
        var data = Tables.Vectors(_mlContext);
        var expected = _mlContext.Transforms.VaeEmbed(Options(folder, null)).Fit(data).Transform(data).Embeddings();
        var interrupted = Options(folder, epoch => throw new IOException($"The lights went out in epoch {epoch}."));
        FluentActions.Invoking(() => _mlContext.Transforms.VaeEmbed(interrupted).Fit(data)).Should().Throw<IOException>();
        File.Exists(folder["checkpoint"]).Should().BeTrue();

        int first = 0;
        var resumed = _mlContext.Transforms.VaeEmbed(Options(folder, epoch => first = first == 0 ? epoch : first)).Fit(data);

        first.Should().Be(2);
        resumed.Transform(data).Embeddings().Should().BeEquivalentTo(expected, options => options.WithStrictOrdering());
        File.Exists(folder["checkpoint"]).Should().BeFalse();
    }

    [Fact]
    public void A_cancelled_fit_gives_its_best_model_on_request()
    {
        using var folder = new TemporaryFolder();
        using var cancellation = new CancellationTokenSource();
        var options = Options(folder, epoch =>
        {
            if (epoch == 3) cancellation.Cancel();
        });
        options.CancellationToken = cancellation.Token;
        options.CancellationBehavior = CancellationBehavior.ReturnBestModel;
        var transformer = _mlContext.Transforms.VaeEmbed(options).Fit(Tables.Vectors(_mlContext));
        transformer.History.Cancelled.Should().BeTrue();
        transformer.History.Epochs.Should().HaveCount(3);
    }

    [Fact]
    public void A_cancelled_fit_of_a_conditional_model_goes_on_where_it_was()
    {
        using var folder = new TemporaryFolder();
        using var cancellation = new CancellationTokenSource();
        var data = Tables.Mixed(_mlContext);
        var expected = _mlContext.Transforms.VaeEmbed(Conditional(folder, null)).Fit(data);
        var cancelled = Conditional(folder, epoch =>
        {
            if (epoch == 3) cancellation.Cancel();
        });
        cancelled.CancellationToken = cancellation.Token;
        Failure.Of<OperationCanceledException>(() => _mlContext.Transforms.VaeEmbed(cancelled).Fit(data));

        var epochs = new List<int>();
        var resumed = _mlContext.Transforms.VaeEmbed(Conditional(folder, epochs.Add)).Fit(data);

        epochs.Should().Equal(4, 5);
        resumed.History.Epochs.Should().BeEquivalentTo(expected.History.Epochs, options => options.WithStrictOrdering());
        resumed.Transform(data).Embeddings()
            .Should().BeEquivalentTo(expected.Transform(data).Embeddings(), options => options.WithStrictOrdering());
    }

    [Fact]
    public void The_log_says_that_a_model_is_of_a_cancelled_fit()
    {
        using var folder = new TemporaryFolder();
        using var cancellation = new CancellationTokenSource();
        var messages = new List<string>();
        _mlContext.Log += (_, message) => messages.Add(message.RawMessage);
        var options = Options(folder, _ => cancellation.Cancel());
        options.CancellationToken = cancellation.Token;
        options.CancellationBehavior = CancellationBehavior.ReturnBestModel;

        var data = Tables.Vectors(_mlContext);
        var model = _mlContext.Transforms.VaeEmbed(options).Fit(data);

        messages.Should().ContainMatch("Trained by * in 1 epochs (cancelled); best epoch 1.");
        model.Transform(data).Embeddings().Should().OnlyContain(row => row.All(float.IsFinite));
    }

    [Fact]
    public void The_log_says_that_a_training_stopped_early()
    {
        var messages = new List<string>();
        _mlContext.Log += (_, message) => messages.Add(message.RawMessage);
        var options = Quick.Options("Features");
        options.Model = Quick.Model with
        {
            Epochs = 60,
            LearningRate = 0.3,
            LearningRateSchedule = LearningRateSchedule.Constant,
            RegularizerSchedule = Vae.Options.WeightSchedule.Constant(),
            EarlyStoppingPatience = 1,
            ValidationFraction = 0.2,
        };

        var history = _mlContext.Transforms.VaeEmbed(options).Fit(Tables.Vectors(_mlContext)).History;

        history.StoppedEarly.Should().BeTrue();
        messages.Should().ContainMatch($"Trained by * in {history.Epochs.Count} epochs (stopped early); best epoch {history.BestEpoch}.");
    }

    [Fact]
    public void A_fit_that_is_cancelled_before_its_first_epoch_has_no_model_to_give()
    {
        using var folder = new TemporaryFolder();
        var options = Options(folder, null);
        options.CancellationToken = new CancellationToken(canceled: true);
        options.CancellationBehavior = CancellationBehavior.ReturnBestModel;
        Failure.Of<OperationCanceledException>(() => _mlContext.Transforms.VaeEmbed(options).Fit(Tables.Vectors(_mlContext)));
    }

    [Fact]
    public void The_checkpoint_of_another_fit_is_refused_or_replaced()
    {
        using var folder = new TemporaryFolder();
        var data = Tables.Vectors(_mlContext);
        Leave(folder, data);
        var other = Options(folder, null);
        other.LearningRate = 0.001;
        Failure.Of<InvalidOperationException>(() => _mlContext.Transforms.VaeEmbed(other).Fit(data), folder["checkpoint"], "other options");

        other.Checkpoints = other.Checkpoints! with { ReplaceOther = true };
        _mlContext.Transforms.VaeEmbed(other).Fit(data).History.Epochs.Should().HaveCount(5);
        File.Exists(folder["checkpoint"]).Should().BeFalse();
    }

    [Fact]
    public void A_corrupt_checkpoint_is_refused()
    {
        using var folder = new TemporaryFolder();
        var data = Tables.Vectors(_mlContext);
        Leave(folder, data);
        byte[] bytes = File.ReadAllBytes(folder["checkpoint"]);
        File.WriteAllBytes(folder["checkpoint"], bytes[..^1]);
        Failure.Of<InvalidDataException>(() => _mlContext.Transforms.VaeEmbed(Options(folder, null)).Fit(data), "checkpoint");
    }

    [Fact]
    public void A_second_estimator_of_a_seeded_context_is_told_the_seed_of_the_checkpoint_and_goes_on_with_it()
    {
        using var folder = new TemporaryFolder();
        var data = Tables.Vectors(_mlContext);
        var first = Options(folder, epoch => throw new IOException($"The lights went out in epoch {epoch}."));
        var second = Options(folder, null);
        first.Seed = second.Seed = null;
        FluentActions.Invoking(() => _mlContext.Transforms.VaeEmbed(first).Fit(data)).Should().Throw<IOException>();

        var refusal = FluentActions.Invoking(() => _mlContext.Transforms.VaeEmbed(second).Fit(data))
            .Should().Throw<InvalidOperationException>().ShouldBeMarked().Which.Message;
        refusal.Should().Contain(folder["checkpoint"]);
        second.Seed = int.Parse(Regex.Match(refusal, "Set the seed to ([0-9]+) to go on").Groups[1].Value, CultureInfo.InvariantCulture);

        var epochs = new List<int>();
        second.Progress = new Listener(epochs.Add);
        _mlContext.Transforms.VaeEmbed(second).Fit(data);
        epochs.Should().Equal(2, 3, 4, 5);
    }

    [Fact]
    public void A_folder_for_checkpoints_that_is_missing_is_told_when_fit_begins()
    {
        using var folder = new TemporaryFolder();
        var options = Options(folder, null);
        options.Checkpoints = options.Checkpoints! with { Path = Path.Combine(folder["missing"], "checkpoint") };
        Failure.Of<IOException>(
            () => _mlContext.Transforms.VaeEmbed(options).Fit(Tables.Vectors(_mlContext)), options.Checkpoints.Path, "folder does not exist");
    }

    [Fact]
    public void A_checkpoint_that_cannot_be_written_is_a_warning_in_the_log()
    {
        using var folder = new TemporaryFolder();
        var warnings = new List<string>();
        _mlContext.Log += (_, message) =>
        {
            if (message.Kind == ChannelMessageKind.Warning) warnings.Add(message.RawMessage);
        };
        Directory.CreateDirectory(folder["checkpoint"] + ".tmp");
        _mlContext.Transforms.VaeEmbed(Options(folder, null)).Fit(Tables.Vectors(_mlContext)).History.Epochs.Should().HaveCount(5);
        warnings.Should().ContainMatch($"*'{folder["checkpoint"]}' of epoch 1 could not be written*");
    }

    [Fact]
    public void What_a_listener_throws_is_no_error_of_the_data_and_passes_unchanged()
    {
        foreach (var thrown in new Exception[] { new ArgumentException("mine"), new InvalidOperationException("mine"), new IOException("mine") })
        {
            var options = Quick.Options("Features");
            options.Progress = new Listener(_ => throw thrown);
            FluentActions.Invoking(() => _mlContext.Transforms.VaeEmbed(options).Fit(Tables.Vectors(_mlContext)))
                .Should().Throw<Exception>().Which.Should().BeSameAs(thrown);
            thrown.Data.Count.Should().Be(0);
        }
    }

    [Theory]
    [InlineData("model", null, null, "Checkpoints")]
    [InlineData("model", 0, null, "EveryEpochs")]
    [InlineData("model", null, -1.0, "EveryMinutes")]
    [InlineData(" ", 1, null, "Path")]
    public void Wrong_settings_of_checkpoints_fail_when_the_estimator_is_made(string path, int? epochs, double? minutes, string name)
    {
        var options = Quick.Options("Features");
        options.Checkpoints = new CheckpointSettings { Path = path, EveryEpochs = epochs, EveryMinutes = minutes };
        Failure.Of<ArgumentOutOfRangeException>(() => _mlContext.Transforms.VaeEmbed(options), name);
    }

    [Fact]
    public void A_behavior_that_does_not_exist_fails_when_the_estimator_is_made()
    {
        var options = Quick.Options("Features");
        options.CancellationBehavior = (CancellationBehavior)7;
        Failure.Of<ArgumentOutOfRangeException>(() => _mlContext.Transforms.VaeEmbed(options), "CancellationBehavior", "7");
    }

    /// <summary>Leaves the checkpoint of an interrupted fit behind.</summary>
    private void Leave(TemporaryFolder folder, IDataView data)
    {
        var options = Options(folder, epoch => throw new IOException($"The lights went out in epoch {epoch}."));
        FluentActions.Invoking(() => _mlContext.Transforms.VaeEmbed(options).Fit(data)).Should().Throw<IOException>();
    }

    private static VaeEmbeddingEstimator.Options Conditional(TemporaryFolder folder, Action<int>? epochEnded)
    {
        var options = Options(folder, epochEnded);
        options.InputColumnNames = ["Age", "Income"];
        options.ConditionColumnNames = ["Region", "Label"];
        return options;
    }

    private static VaeEmbeddingEstimator.Options Options(TemporaryFolder folder, Action<int>? epochEnded)
    {
        var options = Quick.Options("Features");
        options.Trainer = TrainerKind.Managed;
        options.Checkpoints = new CheckpointSettings { Path = folder["checkpoint"], EveryEpochs = 1 };
        if (epochEnded is not null) options.Progress = new Listener(epochEnded);
        return options;
    }

    private sealed class Listener(Action<int> epochEnded) : IProgress<EpochMetrics>
    {
        public void Report(EpochMetrics value) => epochEnded(value.Epoch);
    }
}
