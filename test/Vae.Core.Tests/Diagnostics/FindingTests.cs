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
            .And.Contain("reconstruction is the larger").And.Contain("0.4");
    }

    [Fact]
    public void The_larger_term_is_named() =>
        Find(Healthy with { KullbackLeibler = 9 }).Single(finding => finding.Kind == FindingKind.Balance)
            .Message.Should().Contain("KL is the larger");

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

    [Fact]
    public void Overfitting()
    {
        Warning(Find(Healthy, validationLoss: 12), FindingKind.Overfitting).Should().Contain("2 nats per row above");
        Find(Healthy, validationLoss: 10.1).Should().NotContain(finding => finding.Kind == FindingKind.Overfitting);
    }

    [Fact]
    public void A_training_that_was_too_short()
    {
        Warning(Find(Healthy, best: 30), FindingKind.StillImproving).Should().Contain("30 epochs");
        Find(Healthy, Options with { LearningRateSchedule = LearningRateSchedule.Cosine }, best: 30)
            .Should().NotContain(finding => finding.Kind == FindingKind.StillImproving, "a cosine ends at its last epoch by design");
    }

    private static string Warning(IReadOnlyList<Finding> findings, FindingKind kind)
    {
        var finding = findings.Single(finding => finding.Kind == kind);
        finding.IsWarning.Should().BeTrue();
        return finding.Message;
    }

    private static IReadOnlyList<Finding> Find(
        VaeDiagnosis diagnosis, VaeOptions? options = null, double validationLoss = 10, int best = 20)
    {
        EpochMetrics Epoch(int number) => new()
        {
            Epoch = number,
            Epochs = 30,
            Loss = 10,
            Reconstruction = 4,
            KullbackLeibler = 6,
            RegularizerFactor = 1,
            NoiseScale = 0.4,
            LearningRate = 1e-3,
            ValidationLoss = validationLoss,
            ValidationReconstruction = validationLoss - 6,
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
        return FindingRules.Apply(diagnosis, options ?? Options, history);
    }
}
