using FluentAssertions;
using Vae.Data;
using Vae.Diagnostics;
using Vae.History;
using Vae.Options;
using Xunit;

namespace Vae.Tests.Diagnostics;

/// <summary>Each finding is made where it is deserved, and nowhere else.</summary>
public class FindingTests
{
    private static readonly VaeOptions Options = new()
    {
        LatentDimension = 4,
        LearningRateSchedule = LearningRateSchedule.Constant,
        Epochs = 30,
    };

    private static readonly VaeDiagnosis Healthy = new()
    {
        Rows = 100,
        HeldOut = true,
        Reconstruction = 7,
        KullbackLeibler = 6,
        KullbackLeiblerPerDimension = [1.5, 1.5, 1.5, 1.5],
        MeanVariancePerDimension = [0.9, 0.9, 0.9, 0.9],
        ActiveUnits = 4,
        NoiseScale = 0.4,
        Features = [new FeatureQuality("a", FeatureKind.Numeric, 0.8, 0), new FeatureQuality("b", FeatureKind.Binary, 0.9, 0.6)],
        Findings = [],
    };

    [Fact]
    public void A_healthy_model_has_no_warning()
    {
        var findings = Find(Healthy);
        findings.Should().NotContain(finding => finding.IsWarning);
        findings.Select(finding => finding.Kind).Should().Equal(FindingKind.ActiveUnits, FindingKind.Balance);
        findings[0].Message.Should().Contain("All 4 dimensions");
        findings[1].Message.Should().Contain("Reconstruction is 7").And.Contain("KL 6")
            .And.Contain("0.4 standard deviations");
    }

    [Theory]
    [InlineData(9, "KL is the larger")]
    [InlineData(6, "reconstruction is the larger")]
    public void The_larger_term_is_named_where_both_are_probabilities(double divergence, string expected) =>
        Message(Find(Healthy with { KullbackLeibler = divergence, NoiseScale = double.NaN }), FindingKind.Balance)
            .Should().Contain(expected);

    [Theory]
    [InlineData(-40)]
    [InlineData(7)]
    public void The_absolute_value_of_a_log_density_is_compared_with_nothing(double reconstruction) =>
        Message(Find(Healthy with { Reconstruction = reconstruction }), FindingKind.Balance)
            .Should().NotContain("larger").And.Contain("zero has no meaning");

    [Theory]
    [InlineData(StandardizationMethod.MeanAndDeviation, "0.4 standard deviations.")]
    [InlineData(StandardizationMethod.MedianAndRange, "0.4 of the scale that median and range give.")]
    [InlineData(StandardizationMethod.Quantile, "0.4 normal scores.")]
    public void The_unit_of_the_noise_scale_is_that_of_the_standardization(StandardizationMethod method, string expected) =>
        Message(Find(Healthy, Options with { Standardization = method }), FindingKind.Balance).Should().EndWith(expected);

    [Fact]
    public void The_unit_of_a_loss_is_nats_only_where_it_is()
    {
        Unit(Options).Should().Contain("nats per row");
        Unit(Options with { Robustness = 0.1 }).Should().Contain("of the robust loss per row").And.NotContain("nats");
        Unit(Options with { ReconstructionWeight = 3 }).Should().Contain("of the weighted loss per row").And.NotContain("nats");

        static string Unit(VaeOptions options) => Warning(
            Find(Healthy, options, best: 30, validationLoss: epoch => 20 - 0.1 * epoch), FindingKind.StillImproving);
    }

    [Fact]
    public void Heavy_tails_are_named_in_the_place_of_overfitting_and_of_features_that_do_not_matter()
    {
        var diagnosis = Healthy with { Features = [new FeatureQuality("a", FeatureKind.Numeric, -1901, 0), Healthy.Features[1]] };
        var trained = Healthy with { Reconstruction = -300 };
        HeavyTailedSlot[] tails = [new("a", 41.3)];
        var findings = Find(diagnosis, trained: trained, heavyTailed: tails);
        Warning(findings, FindingKind.HeavyTails)
            .Should().StartWith("a has a heavy tail").And.Contain("41.3 times").And.Contain("307 nats per row more")
            .And.Contain("Standardization to Quantile").And.Contain("MedianAndRange");
        findings.Should().NotContain(finding => finding.Kind == FindingKind.Overfitting || finding.Kind == FindingKind.PoorFeatures);
        Warning(Find(Healthy, heavyTailed: tails), FindingKind.HeavyTails).Should().NotContain("Held-out");
        Find(diagnosis, trained: trained).Select(finding => finding.Kind)
            .Should().Contain([FindingKind.Overfitting, FindingKind.PoorFeatures]);
    }

    [Fact]
    public void Where_heavy_tails_are_mended_nothing_is_said_of_them()
    {
        HeavyTailedSlot[] tails = [new("a", 41.3)];
        var quantile = Options with { Standardization = StandardizationMethod.Quantile };
        var overfitted = Healthy with { Reconstruction = 5 };
        Find(Healthy, quantile, heavyTailed: tails, trained: overfitted).Select(finding => finding.Kind)
            .Should().Contain(FindingKind.Overfitting).And.NotContain(FindingKind.HeavyTails);
        var range = Options with { Standardization = StandardizationMethod.MedianAndRange };
        Find(Healthy, range with { Robustness = 0.01 }, heavyTailed: tails)
            .Should().NotContain(finding => finding.Kind == FindingKind.HeavyTails);
        var note = Find(Healthy, range, heavyTailed: tails).Single(finding => finding.Kind == FindingKind.HeavyTails);
        note.IsWarning.Should().BeFalse();
        note.Message.Should().Contain("Quantile").And.Contain("Robustness").And.NotContain("MedianAndRange");
    }

    [Fact]
    public void A_degenerate_robust_fit_is_a_warning()
    {
        var robust = Options with { Robustness = 0.1 };
        Find(Healthy, robust).Should().NotContain(finding => finding.Kind == FindingKind.DegenerateRobustFit);
        var computed = robust with { NoiseScale = NoiseScaleOptions.Computed() };
        Warning(Find(Healthy with { NoiseScale = 0.0012 }, computed), FindingKind.DegenerateRobustFit)
            .Should().Contain("noise scale has fallen").And.Contain("smaller Robustness").And.Contain("fixed noise scale");
        Warning(Find(Poor, robust), FindingKind.DegenerateRobustFit)
            .Should().Contain("1 of 1 features").And.Contain("larger ReconstructionWeight");
        Find(Poor, robust, heavyTailed: [new("bad", 9)])
            .Should().NotContain(finding => finding.Kind == FindingKind.DegenerateRobustFit, "outliers alone make a R² negative");
        Find(Healthy with { NoiseScale = 0.0012 })
            .Should().NotContain(finding => finding.Kind == FindingKind.DegenerateRobustFit, "the loss is not robust");
    }

    [Fact]
    public void A_collapse_under_robustness_asks_for_less_of_it()
    {
        string message = Warning(
            Find(Healthy with { ActiveUnits = 0 }, Options with { Robustness = 0.1 }), FindingKind.PosteriorCollapse);
        message.Should().Contain("smaller Robustness than 0.1").And.Contain("larger ReconstructionWeight").And.NotContain("KL weight");
    }

    [Theory]
    [InlineData(4, 4, "All 4 dimensions carry information.", false)]
    [InlineData(2, 2, "2 of 4 dimensions carry information. More than 2, the width of the table, cannot be of use to it.", false)]
    [InlineData(2, 3, "1 of 3 dimensions carries no information*More than 3, the width of the table*", false)]
    [InlineData(1, 3, "2 of 3 dimensions carry no information: lower the KL weight*More than 3*", true)]
    public void Dimensions_beyond_the_width_of_the_table_are_not_called_unused(int active, int width, string message, bool warning)
    {
        var finding = Find(Healthy with { ActiveUnits = active }, width: width).Single(finding => finding.Kind == FindingKind.ActiveUnits);
        finding.Message.Should().Match(message);
        finding.IsWarning.Should().Be(warning);
    }

    [Fact]
    public void More_dimensions_than_the_table_is_wide_are_not_asked_for()
    {
        Message(Find(Poor with { ActiveUnits = 4 }, width: 4), FindingKind.PoorFeatures).Should().NotContain("raise");
        Message(Find(Poor with { ActiveUnits = 4 }, width: 5), FindingKind.PoorFeatures).Should().Contain("raise");
    }

    [Theory]
    [InlineData(1, 0.9999)]
    [InlineData(0.9998, 0.9998)]
    public void An_accuracy_of_1_000_beside_1_000_is_not_called_poor(double quality, double baseline) =>
        Find(Healthy with { Features = [new FeatureQuality("rare", FeatureKind.Binary, quality, baseline)] })
            .Should().NotContain(finding => finding.Kind == FindingKind.PoorFeatures);

    [Theory]
    [InlineData(1, true, "3 of 4 dimensions carry no information*lower the KL weight or the latent dimension*")]
    [InlineData(3, false, "1 of 4 dimensions carries no information*3 are enough*")]
    public void Idle_dimensions(int active, bool warning, string message)
    {
        var finding = Find(Healthy with { ActiveUnits = active }).Single(finding => finding.Kind == FindingKind.ActiveUnits);
        finding.IsWarning.Should().Be(warning);
        finding.Message.Should().Match(message);
    }

    [Fact]
    public void A_collapsed_posterior()
    {
        var finding = Find(Healthy with { ActiveUnits = 0, KullbackLeibler = 0.01 })[0];
        finding.Kind.Should().Be(FindingKind.PosteriorCollapse);
        finding.IsWarning.Should().BeTrue();
        finding.Message.Should().Contain("collapsed").And.NotContain("noise scale be learned");
        var fixedNoise = Options with { NoiseScale = NoiseScaleOptions.Fixed() };
        Find(Healthy with { ActiveUnits = 0 }, fixedNoise)[0].Message.Should().Contain("noise scale be learned");
    }

    [Fact]
    public void A_KL_that_is_off_or_hardly_holds()
    {
        Warning(Find(Healthy with { KullbackLeibler = 60 }), FindingKind.VanishingKullbackLeibler)
            .Should().Contain("15 nats per dimension");
        Warning(Find(Healthy, Options with { Regularizer = RegularizerOptions.KullbackLeibler(0) }), FindingKind.VanishingKullbackLeibler)
            .Should().Contain("plain autoencoder");
    }

    [Fact]
    public void Features_that_are_not_reconstructed()
    {
        FeatureQuality[] features =
        [
            new("good", FeatureKind.Numeric, 0.5, 0), new("bad", FeatureKind.Numeric, -0.1, 0),
            new("unseen", FeatureKind.Numeric, double.NaN, 0),
            new("guessed", FeatureKind.OneHot, 0.6, 0.6), new("known", FeatureKind.Binary, 0.7, 0.6),
        ];
        var finding = Find(Healthy with { Features = features }).Single(finding => finding.Kind == FindingKind.PoorFeatures);
        finding.Message.Should().Contain("2 of 5 features").And.Contain("(bad, guessed)");
    }

    [Theory]
    [InlineData(4, "raise the latent dimension")]
    [InlineData(3, "lower the KL weight")]
    [InlineData(1, "lower the KL weight")]
    public void No_report_asks_for_more_dimensions_where_some_are_idle(int active, string remedy)
    {
        var findings = Find(Poor with { ActiveUnits = active });
        Message(findings, FindingKind.PoorFeatures).Should().Contain(remedy);
        string report = Report(findings);
        (report.Contains("raise the latent dimension") && report.Contains("lower")).Should().BeFalse();
    }

    [Theory]
    [InlineData(0, 6)]
    [InlineData(1, 6)]
    [InlineData(3, 6)]
    [InlineData(4, 6)]
    [InlineData(0, 60)]
    [InlineData(1, 60)]
    [InlineData(3, 60)]
    [InlineData(4, 60)]
    [InlineData(4, 0.01)]
    [InlineData(1, 0.01)]
    public void No_report_advises_the_opposite_of_itself(int active, double divergence)
    {
        foreach (double beta in (double[])[0, 1])
        {
            var options = Options with { Regularizer = RegularizerOptions.KullbackLeibler(beta) };
            string report = Report(Find(Poor with { ActiveUnits = active, KullbackLeibler = divergence }, options)).ToLowerInvariant();
            bool raisesWeight = report.Contains("raise the kl weight");
            bool lowersWeight = report.Contains("lower the kl weight");
            bool raisesDimension = report.Contains("raise the latent dimension");
            bool lowersDimension = report.Contains("the latent dimension.") && report.Contains("no information: lower");
            (raisesWeight && lowersWeight).Should().BeFalse(report);
            (raisesDimension && lowersDimension).Should().BeFalse(report);
            (beta == 0 && lowersWeight).Should().BeFalse(report);
        }
    }

    [Fact]
    public void Constant_and_empty_features_have_a_finding()
    {
        FeatureQuality[] features =
        [
            new("good", FeatureKind.Numeric, 0.5, 0), new("same", FeatureKind.Numeric, double.NaN, 0),
            new("always", FeatureKind.Binary, 1, 1), new("never", FeatureKind.OneHot, double.NaN, double.NaN),
        ];
        var findings = Find(Healthy with { Features = features });
        Message(findings, FindingKind.ConstantFeatures)
            .Should().Contain("100 rows hold one value only in same, always, and none at all in never");
        findings.Should().NotContain(finding => finding.Kind == FindingKind.PoorFeatures, "nothing could be better than a constant");
        Find(Healthy).Should().NotContain(finding => finding.Kind == FindingKind.ConstantFeatures);
        Message(Find(Healthy with { Features = features[..2] }), FindingKind.ConstantFeatures)
            .Should().Contain("one value only in same:");
    }

    [Fact]
    public void Numbers_with_two_values_are_a_warning_that_says_how_they_become_categories()
    {
        TwoValuedSlot[] slots = [.. Enumerable.Range(0, 7).Select(i => new TwoValuedSlot($"City.c{i}", true)), new("Job.a", false)];
        var warnings = Find(Healthy, twoValued: slots).Where(finding => finding.Kind == FindingKind.TwoValuedNumbers).ToArray();
        warnings.Should().HaveCount(2).And.OnlyContain(finding => finding.IsWarning);
        warnings[0].Message.Should().Be(
            "City.c0, City.c1, City.c2, City.c3, City.c4, … hold only 0 and 1 but are numeric: normalize before Concatenate, "
            + "or use FeatureKinds, so that they become binary or one-hot.");
        warnings[1].Message.Should().StartWith("Job.a holds only two values each but is numeric")
            .And.Contain("normalize before Concatenate");
    }

    [Fact]
    public void Overfitting_is_the_gap_between_clean_held_out_and_clean_training_rows()
    {
        Warning(Find(Healthy, trained: Healthy with { Reconstruction = 5 }), FindingKind.Overfitting)
            .Should().Contain("2 nats per row more than");
        Find(Healthy, trained: Healthy with { Reconstruction = 6.9 })
            .Should().NotContain(finding => finding.Kind == FindingKind.Overfitting);
        Find(Healthy, validationLoss: _ => 15)
            .Should().NotContain(finding => finding.Kind == FindingKind.Overfitting, "the loss of an epoch is of corrupted rows");
        Find(Healthy with { HeldOut = false }, trained: Healthy with { Reconstruction = 5 })
            .Should().NotContain(finding => finding.Kind == FindingKind.Overfitting, "some of the rows were trained on");
    }

    [Theory]
    [InlineData(LearningRateSchedule.Constant)]
    [InlineData(LearningRateSchedule.Cosine)]
    public void A_training_that_was_too_short(LearningRateSchedule schedule)
    {
        var options = Options with { LearningRateSchedule = schedule };
        Warning(Find(Healthy, options, best: 30, validationLoss: Falling), FindingKind.StillImproving).Should().Contain("30 epochs");
        Warning(Find(Healthy, options, best: 28, validationLoss: Falling), FindingKind.StillImproving).Should().Contain("30 epochs");
        ShouldBeLong(Find(Healthy, options, best: 20, validationLoss: Falling));
        ShouldBeLong(Find(Healthy, options, best: 30));
        ShouldBeLong(Find(Healthy, options, best: 30, validationLoss: epoch => epoch < 12 ? 20 - epoch : 9 - 0.001 * epoch));
        ShouldBeLong(Find(Healthy, options with { Epochs = 60 }, best: 30, validationLoss: Falling));

        static double Falling(int epoch) => 20 - 0.1 * epoch;
        static void ShouldBeLong(IReadOnlyList<Finding> findings) =>
            findings.Should().NotContain(finding => finding.Kind == FindingKind.StillImproving);
    }

    private static VaeDiagnosis Poor => Healthy with { Features = [new FeatureQuality("bad", FeatureKind.Numeric, -0.1, 0)] };

    private static string Report(IReadOnlyList<Finding> findings) => string.Join("\n", findings.Select(finding => finding.Message));

    private static string Message(IReadOnlyList<Finding> findings, FindingKind kind) =>
        findings.Single(finding => finding.Kind == kind).Message;

    private static string Warning(IReadOnlyList<Finding> findings, FindingKind kind)
    {
        var finding = findings.Single(finding => finding.Kind == kind);
        finding.IsWarning.Should().BeTrue();
        return finding.Message;
    }

    private static IReadOnlyList<Finding> Find(
        VaeDiagnosis diagnosis,
        VaeOptions? options = null,
        Func<int, double>? validationLoss = null,
        int best = 20,
        VaeDiagnosis? trained = null,
        TwoValuedSlot[]? twoValued = null,
        HeavyTailedSlot[]? heavyTailed = null,
        int width = 20)
    {
        EpochMetrics Epoch(int number) => new()
        {
            Epoch = number,
            Epochs = 30,
            Loss = 10,
            LossAtFullWeight = 10,
            Reconstruction = 4,
            KullbackLeibler = 6,
            RegularizerFactor = 1,
            NoiseScale = 0.4,
            LearningRate = 1e-3,
            ValidationLoss = validationLoss?.Invoke(number) ?? 10,
            ValidationReconstruction = 4,
            ValidationKullbackLeibler = 6,
        };
        var history = new TrainingHistory
        {
            Epochs = [.. Enumerable.Range(1, 30).Select(Epoch)],
            BestEpoch = best,
            StoppedEarly = false,
            TrainingRows = 900,
            ValidationRows = 100,
            Trainer = "none",
        };
        return FindingRules.Apply(new FindingEvidence
        {
            Diagnosis = diagnosis,
            Trained = trained ?? diagnosis,
            TwoValued = twoValued ?? [],
            HeavyTailed = heavyTailed ?? [],
            Width = width,
            Options = options ?? Options,
            History = history,
        });
    }
}
