using FluentAssertions;
using Vae.Options;
using Vae.Tests.Persistence;
using Vae.Training;
using Xunit;

namespace Vae.Tests.Training;

public class SnapshotTests
{
    private static readonly VaeOptions Options = SmallModels.Options with { Epochs = 8, BatchNormalization = true };

    [Fact]
    public void There_is_one_for_every_epoch_and_its_history_ends_there()
    {
        var (_, snapshots) = Train(Options);
        snapshots.Models.Select(model => model.History.Epochs.Count).Should().Equal(1, 2, 3, 4, 5, 6, 7, 8);
        snapshots.Models.Should().OnlyContain(model => model.History.BestEpoch == model.History.Epochs.Count);
    }

    [Fact]
    public void Each_keeps_its_weights_and_its_diagnosis_while_training_goes_on()
    {
        var (_, snapshots) = Train(Options);
        snapshots.Models.Select(snapshots.Encode).Should().BeEquivalentTo(snapshots.Means, choice => choice.WithStrictOrdering());
        snapshots.Means.Should().OnlyHaveUniqueItems(means => string.Join(' ', means));
        snapshots.Models.Should().OnlyContain(
            model => model.Diagnosis.Rows == model.History.TrainingRows + model.History.ValidationRows);
        snapshots.Models.Should().OnlyHaveUniqueItems(model => model.Diagnosis.Reconstruction);
    }

    [Fact]
    public void The_one_of_the_best_epoch_is_the_model_that_training_gives()
    {
        // A learning rate at which the best epoch is not the last.
        var (model, snapshots) = Train(Options with { LearningRate = 0.1, Epochs = 20 });
        model.History.BestEpoch.Should().BeLessThan(model.History.Epochs.Count);
        snapshots.Means[model.History.BestEpoch - 1].Should().Equal(snapshots.Encode(model));
    }

    [Fact]
    public void Each_is_the_model_of_a_training_that_ends_with_its_epoch()
    {
        var options = Options with
        {
            ValidationFraction = 0,
            LearningRateSchedule = LearningRateSchedule.Constant,
            RegularizerSchedule = WeightSchedule.Constant(),
        };
        var (_, snapshots) = Train(options);
        for (int epochs = 1; epochs <= 8; epochs += 3)
            snapshots.Means[epochs - 1].Should().Equal(snapshots.Encode(SmallModels.Train(options with { Epochs = epochs })));
    }

    [Fact]
    public void They_do_not_change_the_training() =>
        SmallModels.Bytes(Train(Options).Model).Should().Equal(SmallModels.Bytes(SmallModels.Train(Options)));

    private static (VaeModel Model, CollectedSnapshots Snapshots) Train(VaeOptions options)
    {
        var snapshots = new CollectedSnapshots(SmallModels.Rows(40, seed: 2));
        return (SmallModels.Train(options, new TrainingContext { Snapshots = snapshots, ThreadCount = 1 }), snapshots);
    }
}
