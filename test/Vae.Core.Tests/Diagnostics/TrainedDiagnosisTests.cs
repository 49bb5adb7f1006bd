using FluentAssertions;
using Vae.Diagnostics;
using Vae.Options;
using Vae.Training.Managed;
using Xunit;

namespace Vae.Tests.Diagnostics;

/// <summary>Trainings that deserve a finding and get it.</summary>
public class TrainedDiagnosisTests
{
    private static readonly VaeOptions Small = new() { LatentDimension = 4, HiddenLayers = [16, 8], Epochs = 60, LearningRate = 5e-3 };

    [Fact]
    public void A_good_training_finds_the_two_causes_and_has_no_warning_but_of_idle_dimensions()
    {
        var diagnosis = Train(Small);
        diagnosis.ActiveUnits.Should().BeInRange(2, 4);
        diagnosis.Features.Where(feature => feature.Kind == Vae.Data.FeatureKind.Numeric)
            .Should().OnlyContain(feature => feature.Quality > 0.7);
        diagnosis.Findings.Select(finding => finding.Kind)
            .Should().NotContain([FindingKind.PosteriorCollapse, FindingKind.VanishingKullbackLeibler]);
        diagnosis.HeldOut.Should().BeTrue();
        diagnosis.Rows.Should().Be(60);
    }

    [Fact]
    public void A_heavy_KL_collapses_the_posterior() =>
        Train(Small with { Regularizer = RegularizerOptions.KullbackLeibler(200), RegularizerSchedule = WeightSchedule.Constant() })
            .Findings[0].Kind.Should().Be(FindingKind.PosteriorCollapse);

    [Fact]
    public void Without_KL_the_model_is_said_to_be_an_autoencoder() =>
        Train(Small with { Regularizer = RegularizerOptions.KullbackLeibler(0) })
            .Findings.Should().Contain(finding => finding.Kind == FindingKind.VanishingKullbackLeibler && finding.IsWarning);

    [Fact]
    public void A_large_network_on_few_rows_without_structure_overfits()
    {
        var options = Small with
        {
            HiddenLayers = [64, 64],
            Epochs = 400,
            Regularizer = RegularizerOptions.KullbackLeibler(0.01),
            RegularizerSchedule = WeightSchedule.Constant(),
            WeightDecay = 0,
            ValidationFraction = 0.5,
            NoiseScale = NoiseScaleOptions.Fixed(0.3),
            EarlyStopping = false,
        };
        var model = new ManagedTrainer().Train(TestTables.Noise(40, 12), options);
        model.Diagnosis.Findings.Should().Contain(finding => finding.Kind == FindingKind.Overfitting && finding.IsWarning);
    }

    [Theory]
    [InlineData(30, false)]
    [InlineData(32, true)]
    public void A_long_report_names_the_first_features_and_counts_the_rest(int features, bool shortened)
    {
        var model = new ManagedTrainer().Train(TestTables.Noise(50, features), Small with { Epochs = 2 });
        string report = model.Diagnosis.ToString();
        report.Split('\n').Count(line => line.Contains(": R² ", StringComparison.Ordinal)).Should().Be(30);
        report.Contains("… and 2 more features", StringComparison.Ordinal).Should().Be(shortened);
    }

    [Fact]
    public void Without_held_out_rows_the_diagnosis_looks_at_training_rows()
    {
        var diagnosis = new ManagedTrainer().Train(TestTables.Mixed(50), Small with { ValidationFraction = 0, Epochs = 2 }).Diagnosis;
        diagnosis.HeldOut.Should().BeFalse();
        diagnosis.Rows.Should().Be(50);
    }

    private static VaeDiagnosis Train(VaeOptions options) => new ManagedTrainer().Train(TestTables.Mixed(600), options).Diagnosis;
}
