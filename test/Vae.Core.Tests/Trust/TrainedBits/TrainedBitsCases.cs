using Vae.Data;
using Vae.Options;
using static Vae.Tests.Trust.TrainedBits.TrainedBitsTables;

namespace Vae.Tests.Trust.TrainedBits;

/// <summary>Everything that changes what a training computes, at least once. The names stand in trained-bits.txt.</summary>
internal static class TrainedBitsCases
{
    private static readonly VaeOptions Base = new()
    {
        InitialWeights = InitialWeightsKind.Random,
        LatentDimension = 3,
        HiddenLayers = [16, 8],
        BatchSize = 32,
        Epochs = 3,
        RegularizerSchedule = WeightSchedule.WarmUp(2),
        Seed = 11,
    };

    /// <summary>Overshoots, so that the validation loss rises and training would end early.</summary>
    private static readonly VaeOptions Hasty = Base with
    {
        LearningRate = 0.1,
        LearningRateSchedule = LearningRateSchedule.Constant,
        EarlyStoppingPatience = 1,
        Epochs = 10,
    };

    private static readonly VaeOptions Components = Base with { InitialWeights = InitialWeightsKind.PrincipalComponents };

    private static readonly VaeOptions Wide = Base with { HiddenLayers = [128, 96], BatchSize = 256, LatentDimension = 4 };

    private static readonly InfoVaeOptions GaussianKernel =
        new() { Alpha = 0.3, Lambda = 5, Kernel = LatentKernel.RadialBasisFunction, Bandwidth = 2 };

    public static IReadOnlyList<(string Name, MatrixRows Table, VaeOptions Options)> All { get; } =
    [
        ("defaults-wine", Wine, new VaeOptions { Epochs = 2 }),
        ("defaults-credit", Credit, new VaeOptions { Epochs = 2 }),
        ("defaults-mixed", Mixed, new VaeOptions { Epochs = 2 }),
        ("principal-components-credit", Credit, Components),
        ("principal-components-numeric", Numeric, Components),
        ("principal-components-mixed", Mixed, Components),
        ("principal-components-wine-many-dimensions", Wine, Components with { HiddenLayers = [64, 40], LatentDimension = 19 }),
        ("principal-components-wide", Large, Wide with { InitialWeights = InitialWeightsKind.PrincipalComponents }),
        ("wine", Wine, Base),
        ("credit", Credit, Base),
        ("large", Large, Base),
        ("numeric", Numeric, Base),
        ("categories", Categories, Base),
        ("conditional", Conditional, Base),
        .. Likelihoods(),
        .. Robust(),

        .. RegularizerCases.All.Select(item => (item.Name, Mixed, Base with { Regularizer = item.Options })),
        ("info-vae-wine", Wine, Base with { Regularizer = RegularizerOptions.InfoVae() }),
        ("info-vae-gaussian-kernel-wine", Wine, Base with { Regularizer = GaussianKernel }),
        ("total-correlation-wine", Wine, Base with { Regularizer = RegularizerOptions.TotalCorrelation(2) }),
        ("constant-schedule", Mixed, Base with { RegularizerSchedule = WeightSchedule.Constant() }),
        ("cyclical-schedule", Mixed, Base with { RegularizerSchedule = WeightSchedule.Cyclical(2, 0.7) }),
        ("reconstruction-weight", Mixed, Base with { ReconstructionWeight = 3 }),

        .. Enum.GetValues<Activation>().Select(activation => (
            $"activation-{activation}", Mixed, Base with { Activation = activation, HiddenLayers = [16, 12, 8] })),
        ("bent-bottleneck", Mixed, Base with { LinearBottleneck = false }),
        ("no-hidden-layer", Mixed, Base with { HiddenLayers = [] }),
        ("one-hidden-layer", Mixed, Base with { HiddenLayers = [13] }),
        ("three-hidden-layers", Credit, Base with { HiddenLayers = [37, 21, 9] }),
        ("one-latent-dimension", Wine, Base with { LatentDimension = 1 }),
        ("many-latent-dimensions", Wine, Base with { LatentDimension = 19 }),
        ("batch-normalization", Mixed, Base with { BatchNormalization = true }),
        ("dropout", Mixed, Base with { Dropout = 0.2 }),
        ("batch-normalization-dropout-conditional", Conditional, Base with { BatchNormalization = true, Dropout = 0.2 }),

        ("no-corruption", Mixed, Base with { InputNoise = 0, InputMasking = 0 }),
        ("input-noise", Mixed, Base with { InputNoise = 0.5, InputMasking = 0 }),
        ("input-masking", Mixed, Base with { InputNoise = 0, InputMasking = 0.3 }),
        ("no-corruption-conditional", Conditional, Base with { InputNoise = 0, InputMasking = 0 }),
        ("median-and-range", Mixed, Base with { Standardization = StandardizationMethod.MedianAndRange }),
        ("median-and-range-wine", Wine, Base with { Standardization = StandardizationMethod.MedianAndRange, Robustness = 0.01 }),
        ("median-and-range-conditional", Conditional, Base with { Standardization = StandardizationMethod.MedianAndRange }),
        ("quantile", Mixed, Base with { Standardization = StandardizationMethod.Quantile }),
        ("quantile-conditional", Conditional, Base with { Standardization = StandardizationMethod.Quantile }),

        ("constant-learning-rate", Mixed, Base with { LearningRateSchedule = LearningRateSchedule.Constant }),
        ("gradient-clipping", Mixed, Base with { GradientClipNorm = 0.5 }),
        ("no-gradient-clipping", Mixed, Base with { GradientClipNorm = double.PositiveInfinity }),
        ("no-weight-decay", Mixed, Base with { WeightDecay = 0 }),
        ("weight-decay", Mixed, Base with { WeightDecay = 0.1 }),
        ("one-row-a-step", Numeric, Base with { BatchSize = 1, Epochs = 1 }),
        ("one-step-an-epoch", Mixed, Base with { BatchSize = 1000 }),
        ("no-validation", Mixed, Base with { ValidationFraction = 0 }),
        ("early-stopping", Numeric, Hasty),
        ("no-early-stopping", Numeric, Hasty with { EarlyStopping = false }),
        ("another-seed", Mixed, Base with { Seed = -4 }),

        ("wide", Large, Wide),
        ("wide-batch-normalization-dropout", Large, Wide with { BatchNormalization = true, Dropout = 0.2 }),
        ("wide-info-vae", Large, Wide with { Regularizer = RegularizerOptions.InfoVae(), NoiseScale = NoiseScaleOptions.Computed() }),
        ("wide-total-correlation", Large, Wide with
        {
            Regularizer = RegularizerOptions.TotalCorrelation(),
            NoiseScale = NoiseScaleOptions.Learned(perSlot: true),
        }),
        ("wide-robust", Large, Wide with { Robustness = 0.05, OneHotLikelihood = OneHotLikelihoodKind.Categorical }),
        ("wide-credit", Credit, Wide with { Robustness = 0.01, RobustnessForm = RobustnessForm.PerRow }),
    ];

    private static IEnumerable<(string Name, VaeOptions Options)> Combinations() =>
        from noise in NoiseScaleCases.All
        from numeric in Enum.GetValues<NumericLikelihoodKind>()
        from oneHot in Enum.GetValues<OneHotLikelihoodKind>()
        select (
            $"{numeric}-{noise.Name}-{oneHot}",
            Base with { NoiseScale = noise.Options, NumericLikelihood = numeric, OneHotLikelihood = oneHot });

    private static IEnumerable<(string Name, MatrixRows Table, VaeOptions Options)> Likelihoods() =>
    [
        .. Combinations().Select(combination => (combination.Name, Mixed, combination.Options)),
        ("LogCosh-wine", Wine, Base with { NumericLikelihood = NumericLikelihoodKind.LogCosh }),
        ("Categorical-credit", Credit, Base with { OneHotLikelihood = OneHotLikelihoodKind.Categorical }),
        ("Categorical-categories", Categories, Base with { OneHotLikelihood = OneHotLikelihoodKind.Categorical }),
        ("LogCosh-per-slot-Categorical-conditional", Conditional, Base with
        {
            NumericLikelihood = NumericLikelihoodKind.LogCosh,
            OneHotLikelihood = OneHotLikelihoodKind.Categorical,
            NoiseScale = NoiseScaleOptions.Learned(perSlot: true),
        }),
    ];

    private static IEnumerable<(string Name, MatrixRows Table, VaeOptions Options)> Robust() =>
        from form in Enum.GetValues<RobustnessForm>()
        from combination in Combinations()
        select ($"{form}-{combination.Name}", Mixed, combination.Options with { Robustness = 0.05, RobustnessForm = form });
}
