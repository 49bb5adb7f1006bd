using Vae.Data;
using Vae.Options;
using Vae.Tests.Reference;
using Xunit;

namespace Vae.Tests.Objectives;

/// <summary>Every likelihood, noise rule and latent regularizer, alone and together, against central differences of the reference.</summary>
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
                data.Add(layout, NoiseScaleOptions.Fixed());
                data.Add(layout, NoiseScaleOptions.Fixed(0.3));
                data.Add(layout, NoiseScaleOptions.Learned());
                data.Add(layout, NoiseScaleOptions.Learned(perSlot: true));
                data.Add(layout, NoiseScaleOptions.Computed());
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
    [InlineData(1, 0, 1)]
    [InlineData(0, 0, 1)]
    [InlineData(4, 0, 0.35)]
    [InlineData(1, 0.2, 1)]
    [InlineData(0.5, 0.2, 0.6)]
    public void Kullback_Leibler_with_its_weight_free_bits_and_schedule(double beta, double freeBits, double factor) =>
        CheckRegularizer(new KullbackLeiblerOptions { Beta = beta, FreeBits = freeBits }, factor);

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

    [Theory]
    [InlineData(0, 10, LatentKernel.InverseMultiquadric, 1, 1)]
    [InlineData(0.5, 3, LatentKernel.InverseMultiquadric, 0.7, 0.4)]
    [InlineData(1, 20, LatentKernel.RadialBasisFunction, 1, 1)]
    [InlineData(-1, 50, LatentKernel.RadialBasisFunction, 0.5, 0.8)]
    public void Maximum_mean_discrepancy(double alpha, double lambda, LatentKernel kernel, double bandwidth, double factor) =>
        CheckRegularizer(new InfoVaeOptions { Alpha = alpha, Lambda = lambda, Kernel = kernel, Bandwidth = bandwidth }, factor);

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(6, 0.3)]
    public void Total_correlation(double beta, double factor) => CheckRegularizer(RegularizerOptions.TotalCorrelation(beta), factor);

    [Theory]
    [InlineData(1, 0.2, 1)]
    [InlineData(5, 40, 0.9)]
    [InlineData(5, 40, 0)]
    public void Capacity_that_the_KL_exceeds_or_does_not_reach(double beta, double capacity, double factor) =>
        CheckRegularizer(new KullbackLeiblerOptions { Beta = beta, Capacity = capacity }, factor);

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

    private static void CheckRegularizer(RegularizerOptions regularizer, double factor)
    {
        var options = Small with { Regularizer = regularizer, ReconstructionWeight = 0.1 };
        GradientCheck.Run(RandomProblem.Create(TestLayouts.Mixed, options, 7, missing: 0.2) with { Factor = factor });
        GradientCheck.RunDirections(RandomProblem.Create(TestLayouts.Conditional, options, 70, weighted: true, seed: 6) with { Factor = factor }, threads: 2);
    }

    /// <summary>Without and with missing values and row weights; the last in several pieces and on several threads.</summary>
    private static void Check(FeatureLayout layout, VaeOptions options)
    {
        GradientCheck.Run(RandomProblem.Create(layout, options, 4));
        GradientCheck.Run(RandomProblem.Create(layout, options, 6, missing: 0.3, seed: 2));
        GradientCheck.RunDirections(RandomProblem.Create(layout, options, 70, missing: 0.15, weighted: true, seed: 3), threads: 3);
    }
}
