using FluentAssertions;
using Vae.Options;
using Xunit;

namespace Vae.MLNet.Tests;

public sealed class OptionsTests
{
    [Fact]
    public void What_is_set_beside_the_model_is_set_in_it_and_read_from_it()
    {
        var options = new VaeEmbeddingEstimator.Options
        {
            LatentDimension = 3,
            HiddenLayers = [9, 7],
            NoiseScale = NoiseScaleOptions.Computed(),
            Regularizer = RegularizerOptions.InfoVae(),
            Epochs = 11,
            BatchSize = 17,
            LearningRate = 0.01,
            ValidationFraction = 0.3,
        };

        options.Model.Should().Be(new VaeOptions
        {
            LatentDimension = 3,
            HiddenLayers = [9, 7],
            NoiseScale = NoiseScaleOptions.Computed(),
            Regularizer = RegularizerOptions.InfoVae(),
            Epochs = 11,
            BatchSize = 17,
            LearningRate = 0.01,
            ValidationFraction = 0.3,
        });
        Values(options).Should().Equal(Values(new VaeEmbeddingEstimator.Options { Model = options.Model }));
        options.Model = new VaeOptions();
        Values(options).Should().Equal(Values(new VaeEmbeddingEstimator.Options()));
    }

    private static object[] Values(VaeEmbeddingEstimator.Options options) =>
    [
        options.LatentDimension, options.HiddenLayers, options.NoiseScale, options.Regularizer, options.Epochs, options.BatchSize,
        options.LearningRate,
        options.ValidationFraction,
    ];
}
