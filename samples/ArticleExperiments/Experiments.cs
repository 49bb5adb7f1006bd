using Vae.Options;

namespace Vae.Samples.Article;

/// <summary>
/// The experiments of section 3 of "Practical Perspectives on Variational Autoencoders" (E. Unlu 2022), and what it recommends.
/// </summary>
internal static class Experiments
{
    private const string Section = "Section 3";
    private const string Recommended = "Recommended";
    private const string Outliers = "Recommended, for outliers";

    private static readonly VaeOptions Plain = new()
    {
        LatentDimension = 2,
        HiddenLayers = [8, 4],
        Activation = Activation.ReLU,
        LinearBottleneck = false,
        BatchNormalization = true,
        NoiseScale = NoiseScaleOptions.Fixed(1),
        RegularizerSchedule = WeightSchedule.Constant(),
        Epochs = 600,
        BatchSize = 16,
        InputNoise = 0,
        InputMasking = 0,
        LearningRate = 2e-3,
        LearningRateSchedule = LearningRateSchedule.Constant,
        WeightDecay = 0,

        // Every epoch is shown, up to the last.
        ValidationFraction = 0,
        EarlyStopping = false,
        Seed = 1,
    };

    /// <summary>All experiments, in the order of the article.</summary>
    public static IReadOnlyList<Experiment> All { get; } =
    [
        new(
            "plain", "MSE + KL", Section,
            "Half the squared error plus the KL divergence, as most tutorials have it: a Gaussian whose noise scale is silently 1. "
                + "ReLU everywhere.",
            "reconstruction + KL",
            Plain),
        new(
            "weighted", "0.1 · MSE + KL", Section,
            "The reconstruction counts a tenth. The two terms are not in the same unit, so any such factor decides "
                + "what the model may remember.",
            "0.1 · reconstruction + KL",
            Plain with { ReconstructionWeight = 0.1 }),
        new(
            "infovae", "InfoVAE", Section,
            "The embeddings as a whole are drawn to the prior by their maximum mean discrepancy, in addition to the KL of each.",
            "reconstruction + KL + 9 · MMD",
            Plain with { Regularizer = RegularizerOptions.InfoVae(alpha: 0, lambda: 10) }),
        new(
            "linear", "Linear bottleneck", Recommended,
            "As the first, but the layers on both sides of the bottleneck have no ReLU that would fold the latent space.",
            "reconstruction + KL",
            Plain with { LinearBottleneck = true }),
        new(
            "learned", "Learned noise", Recommended,
            "The noise scale is a parameter like any other, so the data decide how much a squared error weighs beside the KL "
                + "(Dai & Wipf 2019).",
            "reconstruction + KL",
            Plain with { LinearBottleneck = true, NoiseScale = NoiseScaleOptions.Learned() }),
        new(
            "computed", "Computed noise", Recommended,
            "The noise scale follows the reconstruction error downwards, without a gradient (Asperti & Trentin 2020).",
            "reconstruction + KL",
            Plain with { LinearBottleneck = true, NoiseScale = NoiseScaleOptions.Computed() }),
        new(
            "robust", "β-divergence", Recommended,
            "A reconstruction term in which a value that does not fit loses its influence (Akrami et al. 2022). "
                + "These wines have few such values.",
            "robust reconstruction + KL",
            Plain with { LinearBottleneck = true, NoiseScale = NoiseScaleOptions.Learned(), Robustness = 0.05 }),
        new(
            "slips", "Slipped decimals", Outliers,
            "In one training wine of ten, three measurements are ten times too large. The noise scale is learned.",
            "reconstruction + KL",
            Plain with { LinearBottleneck = true, NoiseScale = NoiseScaleOptions.Learned() },
            Slipped: true),
        new(
            "slips-robust", "Slips, β-divergence", Outliers,
            "The same wines with the same slips, and the same robust reconstruction term as without them.",
            "robust reconstruction + KL",
            Plain with { LinearBottleneck = true, NoiseScale = NoiseScaleOptions.Learned(), Robustness = 0.05 },
            Slipped: true),
    ];
}
