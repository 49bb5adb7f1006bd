using Vae.Options;
using Vae.Tests.Reference;
using Xunit;

namespace Vae.Tests.Networks;

/// <summary>Every layer and activation against central differences of the reference.</summary>
public class NetworkGradientTests
{
    public static TheoryData<Activation, bool, bool> Layers
    {
        get
        {
            var data = new TheoryData<Activation, bool, bool>();
            foreach (var activation in Enum.GetValues<Activation>())
            {
                foreach (bool normalization in new[] { false, true })
                {
                    data.Add(activation, normalization, true);
                    data.Add(activation, normalization, false);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Layers))]
    public void Every_activation_with_and_without_batch_normalization(Activation activation, bool normalization, bool linearBottleneck)
    {
        var options = new VaeOptions
        {
            LatentDimension = 2,
            HiddenLayers = [6, 5],
            Activation = activation,
            BatchNormalization = normalization,
            LinearBottleneck = linearBottleneck,
        };
        GradientCheck.Run(RandomProblem.Create(TestLayouts.Mixed, options, 9, missing: 0.1, weighted: true));
    }

    [Theory]
    [InlineData(new int[0], 1)]
    [InlineData(new int[0], 4)]
    [InlineData(new[] { 5 }, 3)]
    [InlineData(new[] { 17, 16 }, 2)]
    [InlineData(new[] { 8, 33, 4 }, 5)]
    public void Networks_of_other_depths_and_widths(int[] hidden, int latent)
    {
        var options = new VaeOptions { LatentDimension = latent, HiddenLayers = hidden };
        GradientCheck.Run(RandomProblem.Create(TestLayouts.Mixed, options, 6, seed: 4));
        var normalized = options with { BatchNormalization = true };
        GradientCheck.RunDirections(RandomProblem.Create(TestLayouts.Conditional, normalized, 70, missing: 0.2, seed: 5), threads: 2);
    }

    [Fact]
    public void A_clamped_log_variance_has_no_gradient()
    {
        var options = new VaeOptions
        {
            LatentDimension = 3,
            HiddenLayers = [6],
            Activation = Activation.Tanh,
            NoiseScale = NoiseScaleOptions.Fixed(),
        };
        var problem = RandomProblem.Create(TestLayouts.Numeric, options, 7);
        problem.Tensors["encoder.head.bias"][3] = 14;
        problem.Tensors["encoder.head.bias"][4] = -26;
        double[] gradient = ReferenceLoss.Gradient(problem, "encoder.head.bias");
        Assert.Equal(0, gradient[3], 1e-6 * ReferenceLoss.Of(problem).Loss);
        Assert.Equal(0, gradient[4], 1e-6 * ReferenceLoss.Of(problem).Loss);
        Assert.NotEqual(0, gradient[5], 1e-3);
        GradientCheck.Run(problem);
    }

    [Fact]
    public void A_single_row_with_batch_normalization_is_finite()
    {
        var options = new VaeOptions { LatentDimension = 2, HiddenLayers = [4, 3], BatchNormalization = true };
        GradientCheck.Run(RandomProblem.Create(TestLayouts.Mixed, options, 1));
    }

    [Fact]
    public void Validation_uses_the_running_statistics()
    {
        var options = new VaeOptions
        {
            LatentDimension = 2,
            HiddenLayers = [7, 5],
            BatchNormalization = true,
            Dropout = 0.5,
            InputNoise = 1,
            InputMasking = 0.5,
        };
        var problem = RandomProblem.Create(TestLayouts.Mixed, options, 37, missing: 0.2, weighted: true);
        using var step = new EngineStep(problem);
        GradientCheck.CompareLosses(step.Evaluate(), ReferenceLoss.Of(problem with { Training = false }));
    }
}
