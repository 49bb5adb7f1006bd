using FluentAssertions;
using Microsoft.ML;
using Vae.Training;
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
