using Vae.Data;
using Vae.Options;
using Vae.Tests.Reference;
using Xunit;

namespace Vae.Tests.Losses;

/// <summary>
/// Every likelihood, noise rule and latent regularizer, alone and together, against central differences of the reference.
/// </summary>
public class ObjectiveGradientTests
{
    private static readonly VaeOptions Small = new() { LatentDimension = 3, HiddenLayers = [5, 4], Activation = Activation.Tanh };

    public static TheoryData<string, NoiseScaleOptions> NoiseRules
    {
        get
        {
            var data = new TheoryData<string, NoiseScaleOptions>();
            foreach (string layout in new[] { nameof(TestLayouts.Mixed), nameof(TestLayouts.Numeric), nameof(TestLayouts.Conditional) })
            {
                foreach (var noise in NoiseScaleCases.All.Select(noise => noise.Options).Append(NoiseScaleOptions.Fixed()))
                    data.Add(layout, noise);
            }

            return data;
        }
    }

    public static TheoryData<string, double> Regularizers
    {
        get
        {
            var data = new TheoryData<string, double>();
            foreach (var (name, _) in RegularizerCases.WithEdges)
            {
                data.Add(name, 1);
                data.Add(name, 0.35);
                data.Add(name, 0);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(NoiseRules), DisableDiscoveryEnumeration = true)]
    public void Gaussian_slots_with_every_noise_rule(string layout, NoiseScaleOptions noise) =>
        Check(TestLayouts.Of(layout), Small with { NoiseScale = noise });

    [Theory]
    [MemberData(nameof(NoiseRules), DisableDiscoveryEnumeration = true)]
    public void Log_cosh_slots_with_every_noise_rule(string layout, NoiseScaleOptions noise) =>
        Check(TestLayouts.Of(layout), Small with { NoiseScale = noise, NumericLikelihood = NumericLikelihoodKind.LogCosh });

    [Theory]
    [InlineData(nameof(TestLayouts.Mixed), OneHotLikelihoodKind.Bernoulli)]
    [InlineData(nameof(TestLayouts.Mixed), OneHotLikelihoodKind.Categorical)]
    [InlineData(nameof(TestLayouts.Categories), OneHotLikelihoodKind.Bernoulli)]
    [InlineData(nameof(TestLayouts.Categories), OneHotLikelihoodKind.Categorical)]
    [InlineData(nameof(TestLayouts.Conditional), OneHotLikelihoodKind.Categorical)]
    public void One_hot_groups(string layout, OneHotLikelihoodKind likelihood) =>
        Check(TestLayouts.Of(layout), Small with { OneHotLikelihood = likelihood });

    [Theory]
    [MemberData(nameof(Regularizers), DisableDiscoveryEnumeration = true)]
    public void Every_regularizer_with_its_weights_and_schedule(string name, double factor)
    {
        var regularizer = RegularizerCases.WithEdges.Single(item => item.Name == name).Options;
        var options = Small with { Regularizer = regularizer, ReconstructionWeight = 0.1 };
        GradientCheck.Run(RandomProblem.Create(TestLayouts.Mixed, options, 7, missing: 0.2) with { Factor = factor });
        GradientCheck.RunDirections(
            RandomProblem.Create(TestLayouts.Conditional, options, 70, weighted: true, seed: 6) with { Factor = factor }, threads: 2);
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(3)]
    public void Reconstruction_weight(double weight) => Check(TestLayouts.Mixed, Small with { ReconstructionWeight = weight });

    [Theory]
    [InlineData(RobustnessForm.PerSlot, 0.005, NumericLikelihoodKind.Gaussian, OneHotLikelihoodKind.Bernoulli)]
    [InlineData(RobustnessForm.PerSlot, 0.1, NumericLikelihoodKind.Gaussian, OneHotLikelihoodKind.Categorical)]
    [InlineData(RobustnessForm.PerSlot, 1, NumericLikelihoodKind.LogCosh, OneHotLikelihoodKind.Bernoulli)]
    [InlineData(RobustnessForm.PerRow, 0.005, NumericLikelihoodKind.Gaussian, OneHotLikelihoodKind.Bernoulli)]
    [InlineData(RobustnessForm.PerRow, 0.1, NumericLikelihoodKind.LogCosh, OneHotLikelihoodKind.Categorical)]
    [InlineData(RobustnessForm.PerRow, 0.5, NumericLikelihoodKind.Gaussian, OneHotLikelihoodKind.Categorical)]
    public void Robust_reconstruction(RobustnessForm form, double robustness, NumericLikelihoodKind numeric, OneHotLikelihoodKind oneHot)
    {
        var options = Small with { Robustness = robustness, RobustnessForm = form, NumericLikelihood = numeric, OneHotLikelihood = oneHot };
        Check(TestLayouts.Mixed, options with { NoiseScale = NoiseScaleOptions.Learned(perSlot: true) });
        Check(TestLayouts.Numeric, options with { NoiseScale = NoiseScaleOptions.Fixed(0.6) });
    }

    [Fact]
    public void Everything_at_once() => Check(
        TestLayouts.Conditional,
        Small with
        {
            BatchNormalization = true,
            NumericLikelihood = NumericLikelihoodKind.LogCosh,
            OneHotLikelihood = OneHotLikelihoodKind.Categorical,
            NoiseScale = NoiseScaleOptions.Learned(perSlot: true),
            Robustness = 0.05,
            ReconstructionWeight = 0.4,
            Regularizer = RegularizerOptions.InfoVae(0.2, 5),
        });

    /// <summary>Without and with missing values and row weights; the last in several pieces and on several threads.</summary>
    private static void Check(FeatureLayout layout, VaeOptions options)
    {
        GradientCheck.Run(RandomProblem.Create(layout, options, 4));
        GradientCheck.Run(RandomProblem.Create(layout, options, 6, missing: 0.3, seed: 2));
        GradientCheck.RunDirections(RandomProblem.Create(layout, options, 70, missing: 0.15, weighted: true, seed: 3), threads: 3);
    }
}
