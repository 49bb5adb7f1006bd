using Vae.Options;

namespace Vae.Evaluation.Studies;

/// <summary>PCA, and every objective of the library with the library's defaults for everything else.</summary>
internal static class ObjectiveMethods
{
    /// <summary>The robustness b of every robust objective here. It was fixed before the first run and is not tuned.</summary>
    public const double Robustness = 0.005;

    private static readonly VaeOptions Defaults = new();

    public static IReadOnlyList<Method> All { get; } =
    [
        new("PCA", null),
        new("**VAE, defaults**", Defaults),
        new("random start", Defaults with { InitialWeights = InitialWeightsKind.Random }),
        new("plain input", Defaults with { InputNoise = 0, InputMasking = 0 }),
        new("fixed noise scale 1", Defaults with { NoiseScale = NoiseScaleOptions.Fixed() }),
        new("noise scale per slot", Defaults with { NoiseScale = NoiseScaleOptions.Learned(perSlot: true) }),
        new("computed noise scale", Defaults with { NoiseScale = NoiseScaleOptions.Computed() }),
        new("log-cosh", Defaults with { NumericLikelihood = NumericLikelihoodKind.LogCosh }),
        new("categorical one-hot", Defaults with { OneHotLikelihood = OneHotLikelihoodKind.Categorical }),
        new("β = 4", Defaults with { Regularizer = RegularizerOptions.KullbackLeibler(4) }),
        new("free bits 0.5", Defaults with { Regularizer = new KullbackLeiblerOptions { FreeBits = 0.5 } }),
        new("KL capacity 5", Defaults with { Regularizer = new KullbackLeiblerOptions { Beta = 4, Capacity = 5 } }),
        new("InfoVAE (MMD)", Defaults with { Regularizer = RegularizerOptions.InfoVae() }),
        new("β-TCVAE, β = 4", Defaults with { Regularizer = RegularizerOptions.TotalCorrelation() }),
        new("robust, b = 0.005", Defaults with { Robustness = Robustness }),
    ];

    /// <summary>The objectives that differ from the defaults on this table.</summary>
    public static IEnumerable<Method> For(bool hasOneHot) =>
        All.Where(method => hasOneHot || method.Options?.OneHotLikelihood != OneHotLikelihoodKind.Categorical);
}
