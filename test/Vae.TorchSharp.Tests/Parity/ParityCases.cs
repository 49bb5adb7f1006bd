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

    /// <summary>All cases by name.</summary>
    public static IReadOnlyDictionary<string, ParityCase> All { get; } =
        Likelihoods().Concat(Robust()).Concat(Networks()).Concat(Regularizers()).Concat(Others()).ToDictionary(test => test.Name);

    private static IEnumerable<ParityCase> Likelihoods() =>
        from layout in new Dictionary<string, FeatureLayout>
        {
            ["numeric"] = TestLayouts.Numeric,
            ["categorical"] = TestLayouts.Categories,
            ["mixed"] = TestLayouts.Mixed,
            ["conditional"] = TestLayouts.Conditional,
        }
        from missing in new[] { false, true }
        from numeric in Enum.GetValues<NumericLikelihoodKind>()
        from oneHot in Enum.GetValues<OneHotLikelihoodKind>()
        from noise in NoiseScaleCases.All
        where layout.Key != "numeric" || oneHot == OneHotLikelihoodKind.Bernoulli
        where layout.Key != "categorical" || (numeric == NumericLikelihoodKind.Gaussian && noise.Name == "learned")
        select new ParityCase(
            $"{layout.Key}{(missing ? ", missing values" : "")}, {numeric}, {oneHot}, {noise.Name} noise",
            layout.Value,
            Base with { NumericLikelihood = numeric, OneHotLikelihood = oneHot, NoiseScale = noise.Options },
            missing);

    private static IEnumerable<ParityCase> Robust() =>
        from form in Enum.GetValues<RobustnessForm>()
        from robustness in new[] { 1e-4, 0.05, 1 }
        from missing in new[] { false, true }
        from numeric in Enum.GetValues<NumericLikelihoodKind>()
        from oneHot in Enum.GetValues<OneHotLikelihoodKind>()
        from noise in NoiseScaleCases.All
        where robustness == 0.05 || noise.Name == "per-slot"
        select new ParityCase(
            FormattableString.Invariant(
                $"b = {robustness} {form}{(missing ? ", missing values" : "")}, {numeric}, {oneHot}, {noise.Name} noise"),
            TestLayouts.Mixed,
            Base with
            {
                Robustness = robustness,
                RobustnessForm = form,
                NumericLikelihood = numeric,
                OneHotLikelihood = oneHot,
                NoiseScale = noise.Options,
            },
            missing);

    private static IEnumerable<ParityCase> Networks() =>
        from activation in Enum.GetValues<Activation>()
        from normalized in new[] { false, true }
        from widths in new int[][] { [], [9], [12, 7, 5] }
        from linear in new[] { false, true }
        where widths.Length > 1 || !linear
        select new ParityCase(
            $"{activation}, layers [{string.Join(", ", widths)}]"
                + $"{(normalized ? ", batch normalization" : "")}{(linear ? ", linear bottleneck" : "")}",
            TestLayouts.Mixed,
            Base with { Activation = activation, BatchNormalization = normalized, HiddenLayers = widths, LinearBottleneck = linear },
            Missing: true);

    private static IEnumerable<ParityCase> Regularizers() =>
        from regularizer in RegularizerCases.WithEdges
        from weighted in new[] { false, true }
        select new ParityCase(
            $"{regularizer.Name}{(weighted ? ", weighted rows" : "")}",
            TestLayouts.Mixed, Base with { Regularizer = regularizer.Options }, Missing: true, weighted);

    private static IEnumerable<ParityCase> Others() =>
    [
        .. NoiseScaleCases.All.Select(noise => new ParityCase(
            $"{noise.Name} noise, weighted rows", TestLayouts.Mixed, Base with { NoiseScale = noise.Options },
            Missing: true, Weighted: true)),
        .. NoiseScaleCases.All.Select(noise => new ParityCase(
            $"{noise.Name} noise, batch normalization", TestLayouts.Mixed,
            Base with { NoiseScale = noise.Options, BatchNormalization = true }, Missing: true)),
        new("a robustness that is none", TestLayouts.Mixed, Base with { Robustness = 1e-40 }, Missing: true),
        new("dropout", TestLayouts.Mixed, Base with { Dropout = 0.3 }, Missing: true),
        new("input noise", TestLayouts.Conditional, Base with { InputNoise = 0.4 }, Missing: true),
        new("input masking", TestLayouts.Conditional, Base with { InputMasking = 0.3 }, Missing: true),
        new(
            "all noise", TestLayouts.Mixed,
            Base with { Dropout = 0.2, InputNoise = 0.4, InputMasking = 0.3, BatchNormalization = true }, Missing: true),
        new("minibatches of one row", TestLayouts.Mixed, Base with { BatchSize = 1 }),
        new("minibatches of three rows, batch normalization", TestLayouts.Mixed, Base with { BatchSize = 3, BatchNormalization = true }),
        new("anchors", TestLayouts.Conditional, Base, Missing: true, Weighted: true, AnchorWeight: 2),
        new(
            "anchors and a capacity", TestLayouts.Mixed, Base with { Regularizer = new KullbackLeiblerOptions { Capacity = 3 } },
            AnchorWeight: 0.5),
        new("no clipping, no weight decay", TestLayouts.Mixed, Base with { GradientClipNorm = double.PositiveInfinity, WeightDecay = 0 }),
        new("hard clipping", TestLayouts.Mixed, Base with { GradientClipNorm = 0.05, WeightDecay = 0.1 }),
    ];
}
