using Vae.Features;
using Vae.Objectives;
using Vae.Tests.Reference;
using Xunit;

namespace Vae.Tests.Objectives;

/// <summary>Every likelihood, noise rule and latent regularizer, alone and together, against central differences of the reference.</summary>
public class ObjectiveGradientTests
{
    private static readonly VaeOptions Small = new() { LatentDimension = 3, HiddenLayers = [5, 4], Activation = Activation.Tanh };

    public static TheoryData<string, NoiseScale> NoiseRules
    {
        get
        {
            var data = new TheoryData<string, NoiseScale>();
            foreach (string layout in new[] { nameof(TestLayouts.Mixed), nameof(TestLayouts.Numeric), nameof(TestLayouts.Conditional) })
            {
                data.Add(layout, NoiseScale.Fixed());
                data.Add(layout, NoiseScale.Fixed(0.3));
                data.Add(layout, NoiseScale.Learned());
                data.Add(layout, NoiseScale.Learned(perSlot: true));
                data.Add(layout, NoiseScale.Computed());
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(NoiseRules), DisableDiscoveryEnumeration = true)]
    public void Gaussian_slots_with_every_noise_rule(string layout, NoiseScale noise) =>
        Check(TestLayouts.Of(layout), Small with { NoiseScale = noise });

    [Theory]
    [MemberData(nameof(NoiseRules), DisableDiscoveryEnumeration = true)]
    public void Log_cosh_slots_with_every_noise_rule(string layout, NoiseScale noise) =>
        Check(TestLayouts.Of(layout), Small with { NoiseScale = noise, NumericLikelihood = NumericLikelihood.LogCosh });

    [Theory]
    [InlineData(nameof(TestLayouts.Mixed), OneHotLikelihood.Bernoulli)]
    [InlineData(nameof(TestLayouts.Mixed), OneHotLikelihood.Categorical)]
    [InlineData(nameof(TestLayouts.Categories), OneHotLikelihood.Bernoulli)]
    [InlineData(nameof(TestLayouts.Categories), OneHotLikelihood.Categorical)]
    [InlineData(nameof(TestLayouts.Conditional), OneHotLikelihood.Categorical)]
    public void One_hot_groups(string layout, OneHotLikelihood likelihood) =>
        Check(TestLayouts.Of(layout), Small with { OneHotLikelihood = likelihood });

    [Theory]
    [InlineData(1, 0, 1)]
    [InlineData(0, 0, 1)]
    [InlineData(4, 0, 0.35)]
    [InlineData(1, 0.2, 1)]
    [InlineData(0.5, 0.2, 0.6)]
    public void Kullback_Leibler_with_its_weight_free_bits_and_schedule(double beta, double freeBits, double factor)
    {
        var options = Small with { Regularizer = new KullbackLeiblerRegularizer { Beta = beta, FreeBits = freeBits } };
        GradientCheck.Run(RandomProblem.Create(TestLayouts.Mixed, options, 9, missing: 0.2) with { Factor = factor });
        Check(TestLayouts.Mixed, options);
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(3)]
    public void Reconstruction_weight(double weight) => Check(TestLayouts.Mixed, Small with { ReconstructionWeight = weight });

    [Fact]
    public void Everything_at_once() => Check(
        TestLayouts.Conditional,
        Small with
        {
            BatchNormalization = true,
            NumericLikelihood = NumericLikelihood.LogCosh,
            OneHotLikelihood = OneHotLikelihood.Categorical,
            NoiseScale = NoiseScale.Learned(perSlot: true),
            ReconstructionWeight = 0.4,
            Regularizer = new KullbackLeiblerRegularizer { Beta = 2, FreeBits = 0.1 },
        });

    /// <summary>Without and with missing values and row weights; the last in several pieces and on several threads.</summary>
    private static void Check(FeatureLayout layout, VaeOptions options)
    {
        GradientCheck.Run(RandomProblem.Create(layout, options, 8));
        GradientCheck.Run(RandomProblem.Create(layout, options, 8, missing: 0.3, seed: 2));
        GradientCheck.Run(RandomProblem.Create(layout, options, 34, missing: 0.15, weighted: true, seed: 3), threads: 3);
    }
}
