using FluentAssertions;
using Vae.Data;
using Vae.Diagnostics;
using Vae.Options;
using Vae.Tests.Persistence;
using Vae.Training;
using Vae.Training.Managed;
using Xunit;

namespace Vae.Tests.Trust;

public sealed class DivergenceTests
{
    private static readonly VaeOptions Options = new() { Epochs = 40 };

    [Theory]
    [MemberData(nameof(ManyOptions))]
    public void A_learning_rate_of_10_ends_with_an_exception_that_says_so_and_carries_the_best_model(string what, VaeOptions options)
    {
        var train = () => SmallModels.Train(options with { LearningRate = 10 });
        var exception = train.Should().Throw<TrainingDivergedException>(what).WithMessage("*diverged*epoch*LearningRate below 10*").Which;
        exception.BestModel.History.BestEpoch.Should().Be(exception.History.Epochs.Count).And.BeInRange(0, 10, what);
        exception.BestModel.Diagnosis.Should().NotBeNull();
        SmallModels.Bytes(SmallModels.Load(SmallModels.Bytes(exception.BestModel))).Should().Equal(SmallModels.Bytes(exception.BestModel));
    }

    [Theory]
    [MemberData(nameof(ManyOptions))]
    public void A_learning_rate_that_is_sound_is_not_called_divergent(string what, VaeOptions options) =>
        SmallModels.Train(options).History.Epochs.Should().HaveCount(40, what);

    public static TheoryData<string, VaeOptions> ManyOptions() => new()
    {
        { "defaults", Options },
        { "no clipping", Options with { GradientClipNorm = double.PositiveInfinity } },
        { "linear", Options with { HiddenLayers = [] } },
        { "fixed noise", Options with { NoiseScale = NoiseScaleOptions.Fixed() } },
        { "little noise", Options with { NoiseScale = NoiseScaleOptions.Fixed(0.01) } },
        { "computed noise", Options with { NoiseScale = NoiseScaleOptions.Computed() } },
        { "InfoVAE", Options with { Regularizer = RegularizerOptions.InfoVae() } },
        {
            "a large β from the start",
            Options with
            {
                Regularizer = RegularizerOptions.KullbackLeibler(1000),
                RegularizerSchedule = WeightSchedule.Constant(),
            }
        },
        { "a large weight", Options with { ReconstructionWeight = 1000 } },
        {
            "a large β in cycles",
            Options with
            {
                Regularizer = RegularizerOptions.KullbackLeibler(1000),
                RegularizerSchedule = WeightSchedule.Cyclical(),
            }
        },
        {
            "a large capacity that grows",
            Options with
            {
                Regularizer = new KullbackLeiblerOptions { Beta = 100, Capacity = 1000 },
                RegularizerSchedule = WeightSchedule.WarmUp(30),
            }
        },
        { "many free bits", Options with { Regularizer = new KullbackLeiblerOptions { Beta = 100, FreeBits = 1000 } } },
    };

    [Fact]
    public void A_training_that_diverges_at_once_gives_back_the_model_that_it_started_from()
    {
        var initial = SmallModels.Train(Options);
        var rows = new MatrixRows(SmallModels.Layout, SmallModels.Rows(2000));
        var context = new TrainingContext { InitialModel = initial };
        var train = () => new ManagedTrainer().Train(rows, Options with { LearningRate = 1e6 }, context);
        var exception = train.Should().Throw<TrainingDivergedException>().Which;
        exception.History.Epochs.Should().BeEmpty();
        exception.BestModel.History.BestEpoch.Should().Be(0);
        SmallModels.Scores(exception.BestModel).Should().Equal(SmallModels.Scores(initial));
    }

    [Theory]
    [InlineData(1e30f)]
    [InlineData(-1e30f)]
    [InlineData(float.MaxValue)]
    public void Log_variances_that_explode_are_held_by_the_clamp(float extreme)
    {
        var model = SmallModels.Train(Options);
        float[] row = SmallModels.Rows(1);
        row[0] = extreme;
        var means = new float[model.LatentDimension];
        var logVariances = new float[model.LatentDimension];
        model.Encode(row, means, logVariances);
        logVariances.Should().OnlyContain(value => value >= -20 && value <= 10)
            .And.Contain(value => value == -20 || value == 10, "the row is far out");
    }

    [Fact]
    public void A_collapsed_posterior_is_a_finding_with_a_remedy()
    {
        // So few steps do not lead far from the components.
        var options = Options with { InitialWeights = InitialWeightsKind.Random, Regularizer = RegularizerOptions.KullbackLeibler(100) };
        var model = SmallModels.Train(options);
        var finding = model.Diagnosis.Findings.Should().ContainSingle(finding => finding.Kind == FindingKind.PosteriorCollapse).Which;
        finding.IsWarning.Should().BeTrue();
        finding.Message.Should().Contain("collapsed").And.Contain("Lower the KL weight");
        model.Diagnosis.ActiveUnits.Should().Be(0);
    }

    [Fact]
    public void A_vanishing_divergence_is_a_finding_with_a_remedy()
    {
        var model = SmallModels.Train(Options with
        {
            Regularizer = RegularizerOptions.KullbackLeibler(0),
            NoiseScale = NoiseScaleOptions.Fixed(0.01),
            Epochs = 100,
        });
        var finding = model.Diagnosis.Findings.Should()
            .ContainSingle(finding => finding.Kind == FindingKind.VanishingKullbackLeibler).Which;
        finding.IsWarning.Should().BeTrue();
        finding.Message.Should().Contain("plain autoencoder").And.Contain("Raise the KL weight");
    }

    [Fact]
    public void A_sound_model_has_neither_finding() => SmallModels.Train(Options with { Epochs = 200 })
        .Diagnosis.Findings.Select(finding => finding.Kind)
        .Should().NotContain([FindingKind.PosteriorCollapse, FindingKind.VanishingKullbackLeibler]);
}
