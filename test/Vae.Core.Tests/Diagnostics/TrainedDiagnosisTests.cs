using FluentAssertions;
using Vae.Data;
using Vae.Diagnostics;
using Vae.Options;
using Vae.Tests.Persistence;
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
        var model = new ManagedTrainer().Train(TestTables.Noise(80, 12), options);
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

    [Theory]
    [InlineData(11, false)]
    [InlineData(290, false)]
    [InlineData(300, true)]
    public void Fewer_than_thirty_held_out_rows_are_looked_at_together_with_training_rows(int rows, bool heldOut)
    {
        var diagnosis = new ManagedTrainer().Train(TestTables.Mixed(rows), Small with { Epochs = 2 }).Diagnosis;
        diagnosis.HeldOut.Should().Be(heldOut);
        diagnosis.Rows.Should().Be(heldOut ? 30 : rows);
    }

    [Fact]
    public void One_held_out_row_gives_no_verdict_of_collapse()
    {
        var model = new ManagedTrainer().Train(TestTables.Mixed(60), Small with { ValidationFraction = 0.015, EarlyStopping = false });
        model.History.ValidationRows.Should().Be(1);
        model.Diagnosis.ActiveUnits.Should().BePositive();
        model.Diagnosis.Findings.Should().NotContain(finding => finding.Kind == FindingKind.PosteriorCollapse);
    }

    [Fact]
    public void Overfitting_is_seen_through_the_noise_of_the_training_loss()
    {
        var options = Small with
        {
            HiddenLayers = [64, 64],
            Epochs = 150,
            Regularizer = RegularizerOptions.KullbackLeibler(0.1),
            RegularizerSchedule = WeightSchedule.Constant(),
            WeightDecay = 0,
            ValidationFraction = 0.5,
            NoiseScale = NoiseScaleOptions.Fixed(0.5),
            InputNoise = 1,
            InputMasking = 0.6,
            EarlyStopping = false,
        };
        var model = new ManagedTrainer().Train(TestTables.Noise(80, 12), options);
        var best = model.History.Epochs[model.History.BestEpoch - 1];
        best.ValidationLoss.Should().BeLessThan(best.Loss + 1, "noise and gaps make the training loss as large");
        model.Diagnosis.Findings.Should().Contain(finding => finding.Kind == FindingKind.Overfitting && finding.IsWarning);
    }

    [Fact]
    public void A_training_that_ends_in_the_warm_up_does_not_overfit()
    {
        var model = Model(Small with { Epochs = 4, LearningRate = 0.01, Regularizer = RegularizerOptions.KullbackLeibler(4) });
        var best = model.History.Epochs[model.History.BestEpoch - 1];
        (best.ValidationLoss - best.Loss).Should().BeGreaterThan(
            0.15 * model.Diagnosis.Features.Count, "the regularizer has its full weight in the one and not in the other");
        model.Diagnosis.Findings.Should().NotContain(finding => finding.Kind == FindingKind.Overfitting);
    }

    [Fact]
    public void A_cosine_training_that_was_too_short_is_still_improving_and_a_longer_one_is_not()
    {
        Finds(8).Should().BeTrue();
        Finds(150).Should().BeFalse();

        static bool Finds(int epochs) => Train(Small with { Epochs = epochs })
            .Findings.Any(finding => finding.Kind == FindingKind.StillImproving && finding.IsWarning);
    }

    [Fact]
    public void Numbers_with_two_values_and_constant_ones_are_found_in_training()
    {
        var layout = new FeatureLayoutBuilder().Numeric("City.", 3).Numeric("Age").Numeric("Same").Build();
        var random = new Random(1);
        float[] rows =
        [
            .. Enumerable.Range(0, 100).SelectMany(i => new[]
            {
                i % 3 == 0 ? 1 : 0, i % 3 == 1 ? 1 : 0, i % 3 == 2 ? 1.7f : -0.3f, random.NextSingle(), 4,
            }),
        ];
        var model = new ManagedTrainer().Train(new MatrixRows(layout, rows), Small with { Epochs = 2 });
        var findings = model.Diagnosis.Findings;
        findings.Where(finding => finding.Kind == FindingKind.TwoValuedNumbers).Select(finding => finding.Message[..17])
            .Should().Equal("City.0, City.1 ho", "City.2 holds only");
        findings.Single(finding => finding.Kind == FindingKind.ConstantFeatures).Message.Should().Contain("one value only in Same");
        SmallModels.Load(SmallModels.Bytes(model)).Diagnosis.Findings.Should().Equal(findings, "the new kinds have a name in files too");
    }

    [Fact]
    public void A_heavy_tail_is_found_in_training_and_gone_with_quantiles()
    {
        var random = new Random(1);
        float[] rows = [.. Enumerable.Range(0, 500).SelectMany(_ => Row())];
        var layout = new FeatureLayoutBuilder().Numeric("Age").Numeric("Amount").Numeric("Weight").Build();
        var model = Train(StandardizationMethod.MeanAndDeviation);
        var finding = model.Diagnosis.Findings.Single(finding => finding.Kind == FindingKind.HeavyTails);
        finding.IsWarning.Should().BeTrue();
        finding.Message.Should().StartWith("Amount has a heavy tail");
        SmallModels.Load(SmallModels.Bytes(model)).Diagnosis.Findings.Should().Equal(model.Diagnosis.Findings);
        Train(StandardizationMethod.Quantile).Diagnosis.Findings
            .Should().NotContain(finding => finding.Kind == FindingKind.HeavyTails);

        VaeModel Train(StandardizationMethod method) =>
            new ManagedTrainer().Train(new MatrixRows(layout, rows), Small with { Standardization = method, Epochs = 5 });

        float[] Row()
        {
            double cause = TestTables.Normal(random);
            return [(float)cause, (float)(cause / Math.Abs(TestTables.Normal(random))), (float)(3 + cause)];
        }
    }

    private static VaeDiagnosis Train(VaeOptions options) => Model(options).Diagnosis;

    private static VaeModel Model(VaeOptions options) => new ManagedTrainer().Train(TestTables.Mixed(600), options);
}
