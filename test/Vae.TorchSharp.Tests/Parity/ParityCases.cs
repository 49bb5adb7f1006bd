using System.Globalization;
using Vae.Data;
using Vae.Options;

namespace Vae.TorchSharp.Tests.Parity;

/// <summary>Every choice that the loss or the networks have, in combination.</summary>
internal static class ParityCases
{
    /// <summary>Small networks, so that a case takes milliseconds.</summary>
    private static readonly VaeOptions Base = new()
    {
        LatentDimension = 3,
        HiddenLayers = [11, 6],
        Activation = Activation.Tanh,
        BatchSize = 24,
        InputNoise = 0,
        InputMasking = 0,
        ValidationFraction = 0,
        ReconstructionWeight = 0.7,
        LearningRate = 1e-3,
        Seed = 5,
    };

    private static readonly Dictionary<string, NoiseScaleOptions> NoiseScales = new()
    {
        ["fixed"] = NoiseScaleOptions.Fixed(0.6),
        ["learned"] = NoiseScaleOptions.Learned(),
        ["learned per slot"] = NoiseScaleOptions.Learned(perSlot: true),
        ["computed"] = NoiseScaleOptions.Computed(),
    };

    /// <summary>All cases by name.</summary>
    public static IReadOnlyDictionary<string, ParityCase> All { get; } =
        Likelihoods().Concat(Robust()).Concat(Networks()).Concat(Regularizers()).Concat(Others()).ToDictionary(test => test.Name);

    private static IEnumerable<ParityCase> Likelihoods() =>
        from layout in new Dictionary<string, FeatureLayout>
        {
            ["numeric"] = TestTables.Numeric,
            ["categorical"] = TestTables.Categorical,
            ["mixed"] = TestTables.Mixed,
            ["conditional"] = TestTables.Conditional,
        }
        from missing in new[] { false, true }
        from numeric in Enum.GetValues<NumericLikelihoodKind>()
        from oneHot in Enum.GetValues<OneHotLikelihoodKind>()
        from noise in NoiseScales
        where layout.Key != "numeric" || oneHot == OneHotLikelihoodKind.Bernoulli
        where layout.Key != "categorical" || (numeric == NumericLikelihoodKind.Gaussian && noise.Key == "learned")
        select new ParityCase(
            $"{layout.Key}{(missing ? ", missing values" : "")}, {numeric}, {oneHot}, {noise.Key} noise",
            layout.Value,
            Base with { NumericLikelihood = numeric, OneHotLikelihood = oneHot, NoiseScale = noise.Value },
            missing);

    private static IEnumerable<ParityCase> Robust() =>
        from form in Enum.GetValues<RobustnessForm>()
        from robustness in new[] { 1e-4, 0.05, 1 }
        from missing in new[] { false, true }
        from numeric in Enum.GetValues<NumericLikelihoodKind>()
        from oneHot in Enum.GetValues<OneHotLikelihoodKind>()
        from noise in NoiseScales
        where robustness == 0.05 || noise.Key == "learned per slot"
        select new ParityCase(
            $"b = {robustness.ToString(CultureInfo.InvariantCulture)} {form}{(missing ? ", missing values" : "")}, {numeric}, {oneHot}, {noise.Key} noise",
            TestTables.Mixed,
            Base with { Robustness = robustness, RobustnessForm = form, NumericLikelihood = numeric, OneHotLikelihood = oneHot, NoiseScale = noise.Value },
            missing);

    private static IEnumerable<ParityCase> Networks() =>
        from activation in Enum.GetValues<Activation>()
        from normalized in new[] { false, true }
        from widths in new int[][] { [], [9], [12, 7, 5] }
        from linear in new[] { false, true }
        where widths.Length > 1 || !linear
        select new ParityCase(
            $"{activation}, layers [{string.Join(", ", widths)}]{(normalized ? ", batch normalization" : "")}{(linear ? ", linear bottleneck" : "")}",
            TestTables.Mixed,
            Base with { Activation = activation, BatchNormalization = normalized, HiddenLayers = widths, LinearBottleneck = linear },
            Missing: true);

    private static IEnumerable<ParityCase> Regularizers()
    {
        var regularizers = new Dictionary<string, RegularizerOptions>
        {
            ["β = 0"] = RegularizerOptions.KullbackLeibler(0),
            ["β = 4"] = RegularizerOptions.KullbackLeibler(4),
            ["free bits"] = new KullbackLeiblerOptions { FreeBits = 0.25, Beta = 1.5 },
            ["capacity above the KL"] = new KullbackLeiblerOptions { Capacity = 25, Beta = 3 },
            ["capacity below the KL"] = new KullbackLeiblerOptions { Capacity = 0.1 },
            ["InfoVAE, inverse multiquadric"] = new InfoVaeOptions { Alpha = 0.3, Lambda = 12 },
            ["InfoVAE, radial basis function"] = new InfoVaeOptions { Alpha = 1, Lambda = 20, Kernel = LatentKernel.RadialBasisFunction, Bandwidth = 0.7 },
            ["total correlation"] = new TotalCorrelationOptions { Beta = 4 },
            ["total correlation, β = 0"] = new TotalCorrelationOptions { Beta = 0 },
        };
        return from regularizer in regularizers
               from weighted in new[] { false, true }
               select new ParityCase(
                   $"{regularizer.Key}{(weighted ? ", weighted rows" : "")}",
                   TestTables.Mixed, Base with { Regularizer = regularizer.Value }, Missing: true, weighted);
    }

    private static IEnumerable<ParityCase> Others() =>
    [
        .. NoiseScales.Select(noise => new ParityCase(
            $"{noise.Key} noise, weighted rows", TestTables.Mixed, Base with { NoiseScale = noise.Value }, Missing: true, Weighted: true)),
        .. NoiseScales.Select(noise => new ParityCase(
            $"{noise.Key} noise, batch normalization", TestTables.Mixed, Base with { NoiseScale = noise.Value, BatchNormalization = true }, Missing: true)),
        new("dropout", TestTables.Mixed, Base with { Dropout = 0.3 }, Missing: true),
        new("input noise", TestTables.Conditional, Base with { InputNoise = 0.4 }, Missing: true),
        new("input masking", TestTables.Conditional, Base with { InputMasking = 0.3 }, Missing: true),
        new("all noise", TestTables.Mixed, Base with { Dropout = 0.2, InputNoise = 0.4, InputMasking = 0.3, BatchNormalization = true }, Missing: true),
        new("minibatches of one row", TestTables.Mixed, Base with { BatchSize = 1 }),
        new("minibatches of one row, batch normalization", TestTables.Mixed, Base with { BatchSize = 1, BatchNormalization = true }),
        new("no clipping, no weight decay", TestTables.Mixed, Base with { GradientClipNorm = double.PositiveInfinity, WeightDecay = 0 }),
        new("hard clipping", TestTables.Mixed, Base with { GradientClipNorm = 0.05, WeightDecay = 0.1 }),
    ];
}
