using FluentAssertions;
using Vae.Options;
using Vae.Tests.Persistence;
using Vae.Training;
using Vae.Training.Managed;
using Xunit;

namespace Vae.Tests.Training;

public sealed class BatchSizeTests
{
    [Theory]
    [InlineData(1, 64, 1)]
    [InlineData(36_000, 64, 1)]
    [InlineData(37_000, 128, 1.4142)]
    [InlineData(72_000, 128, 1.4142)]
    [InlineData(180_000, 512, 2)]
    [InlineData(290_000, 1024, 2)]
    [InlineData(int.MaxValue, 1024, 2)]
    public void The_number_of_rows_chooses_the_batch_size_and_raises_the_learning_rate(int rows, int batch, double factor)
    {
        var chosen = new VaeOptions { LearningRate = 0.01 }.ForRows(rows);
        chosen.BatchSize.Should().Be(batch);
        chosen.LearningRate.Should().BeApproximately(0.01 * factor, 1e-6);
    }

    [Fact]
    public void A_batch_size_that_was_given_stays_with_its_learning_rate()
    {
        var given = new VaeOptions { BatchSize = 32, LearningRate = 0.01 };
        given.ForRows(int.MaxValue).Should().BeSameAs(given);
    }

    [Fact]
    public void The_options_of_a_trained_model_hold_what_was_chosen()
    {
        var model = SmallModels.Train(SmallModels.Options with { BatchSize = null, Epochs = 1 });
        model.Options.BatchSize.Should().Be(64);
        SmallModels.Load(SmallModels.Bytes(model)).Options.Should().Be(model.Options);
    }

    [Theory]
    [InlineData(null, 20)]
    [InlineData(30, 15)]
    [InlineData(1, 1)]
    public void Training_also_ends_after_a_number_of_steps_without_a_better_loss(int? steps, int epochsWaited)
    {
        // Two steps per epoch, and no epoch is better than the first that counts: nothing moves.
        var options = new VaeOptions
        {
            LatentDimension = 1,
            HiddenLayers = [4],
            BatchSize = 45,
            LearningRate = 1e-30,
            RegularizerSchedule = WeightSchedule.Constant(),
            Epochs = 100,
            EarlyStoppingPatience = 20,
            EarlyStoppingSteps = steps,
        };
        var history = new ManagedTrainer().Train(TestTables.Mixed(100), options, new TrainingContext { ThreadCount = 1 }).History;
        history.StoppedEarly.Should().BeTrue();
        (history.Epochs.Count - history.BestEpoch).Should().Be(epochsWaited);
    }
}
