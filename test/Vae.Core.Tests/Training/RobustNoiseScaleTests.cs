using FluentAssertions;
using Vae.Data;
using Vae.Options;
using Vae.Training.Managed;
using Xunit;

namespace Vae.Core.Tests.Training;

public sealed class RobustNoiseScaleTests
{
    [Theory]
    [InlineData(0, 0, 0.05)]
    [InlineData(0.1, NoiseScaleOptions.RobustMinimum, 0.11)]
    public void A_robust_loss_cannot_make_the_noise_scale_vanish(double robustness, double least, double most)
    {
        float[] values = [.. Enumerable.Range(0, 200).SelectMany(row => new[] { row % 2f, row % 2f, row % 2f })];
        var options = new VaeOptions
        {
            LatentDimension = 1,
            HiddenLayers = [8],
            InputNoise = 0,
            InputMasking = 0,
            Epochs = 150,
            LearningRate = 0.02,
            Robustness = robustness,
        };
        var model = new ManagedTrainer().Train(new MatrixRows(FeatureLayout.Numeric(3), values), options);
        model.NoiseScale.Should().BeInRange(least - 1e-6, most);
    }
}
