using FluentAssertions;
using Vae.Options;
using Vae.Training.Managed;
using Xunit;

namespace Vae.Tests.Training;

public class FullWeightTests
{
    public static TheoryData<string> Regularizers => [.. RegularizerCases.WithEdges.Select(item => item.Name)];

    [Theory]
    [MemberData(nameof(Regularizers))]
    public void The_loss_at_full_weight_is_what_the_loss_is_without_a_warm_up(string regularizer)
    {
        var constant = new VaeOptions
        {
            HiddenLayers = [8],
            LatentDimension = 3,
            Epochs = 1,
            BatchSize = 64,
            ValidationFraction = 0,
            Regularizer = RegularizerCases.WithEdges.Single(item => item.Name == regularizer).Options,
            RegularizerSchedule = WeightSchedule.Constant(),
        };
        var rows = TestTables.Rows(TestLayouts.Mixed, 50, missing: true, weighted: true);
        var expected = new ManagedTrainer().Train(rows, constant).History.Epochs[0];
        var warmUp = constant with { RegularizerSchedule = WeightSchedule.WarmUp(2) };
        var metrics = new ManagedTrainer().Train(rows, warmUp).History.Epochs[0];

        expected.LossAtFullWeight.Should().Be(expected.Loss);
        metrics.RegularizerFactor.Should().Be(0);
        metrics.LossAtFullWeight.Should().Be(expected.Loss);
    }
}
