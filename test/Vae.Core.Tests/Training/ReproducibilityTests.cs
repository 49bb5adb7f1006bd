using FluentAssertions;
using Vae.Options;
using Vae.Training;
using Vae.Training.Managed;
using Xunit;

namespace Vae.Tests.Training;

public class ReproducibilityTests
{
    public static TheoryData<VaeOptions> Cases
    {
        get
        {
            // 26,000 multiplications per row and 256 rows: far above what makes a step run on several threads.
            var large = new VaeOptions { LatentDimension = 4, HiddenLayers = [128, 96], BatchSize = 256, Epochs = 2 };
            return
            [
                large,
                large with { BatchNormalization = true, Dropout = 0.2, InputNoise = 0.1, InputMasking = 0.1 },
                large with
                {
                    NoiseScale = NoiseScaleOptions.Computed(),
                    OneHotLikelihood = OneHotLikelihoodKind.Categorical,
                    Regularizer = RegularizerOptions.InfoVae(),
                },
                large with
                {
                    NoiseScale = NoiseScaleOptions.Learned(perSlot: true),
                    Robustness = 0.05,
                    Regularizer = RegularizerOptions.TotalCorrelation(),
                },
                large with { BatchSize = 32, HiddenLayers = [16, 8] },
            ];
        }
    }

    [Theory]
    [MemberData(nameof(Cases), DisableDiscoveryEnumeration = true)]
    public void The_number_of_threads_does_not_change_a_bit(VaeOptions options)
    {
        var rows = TestTables.Mixed(560);
        var one = Train(rows, options, 1);
        foreach (int threads in new[] { 2, 7 })
        {
            var many = Train(rows, options, threads);
            many.Parameters.Weights.Values.SequenceEqual(one.Parameters.Weights.Values).Should().BeTrue();
            many.Parameters.Buffers.Values.SequenceEqual(one.Parameters.Buffers.Values).Should().BeTrue();
            many.History.Epochs.Should().Equal(one.History.Epochs);
        }
    }

    [Fact]
    public void The_seed_decides_everything()
    {
        var rows = TestTables.Mixed(200);
        var options = new VaeOptions { LatentDimension = 2, HiddenLayers = [8], Epochs = 2, Seed = 4 };
        var first = Train(rows, options, 1).Parameters.Weights.Values;
        Train(rows, options, 1).Parameters.Weights.Values.Should().Equal(first);
        Train(rows, options with { Seed = 5 }, 1).Parameters.Weights.Values.Should().NotEqual(first);
        Train(rows, options with { Seed = -4 }, 1).Parameters.Weights.Values.Should().NotEqual(first);
    }

    private static VaeModel Train(Vae.Data.IFeatureRows rows, VaeOptions options, int threads) =>
        new ManagedTrainer().Train(rows, options, new TrainingContext { ThreadCount = threads });
}
