using Vae.Data;
using Vae.Options;
using Vae.Persistence;
using Vae.Training.Managed;
using Xunit;

namespace Vae.Export.Tests;

/// <summary>Models of every kind, trained for a moment, with rows to score and what they score.</summary>
internal sealed class ExportCase
{
    // So few epochs leave the noise where it begins, and the less there is the more of a rounding is in a score.
    private static readonly VaeOptions Small = new()
    {
        InitialWeights = InitialWeightsKind.Random,
        LatentDimension = 3,
        HiddenLayers = [12, 8],
        Epochs = 3,
        Seed = 5,
        ValidationFraction = 0.2,
    };

    private static readonly Dictionary<string, Func<ExportCase>> Cases = new()
    {
        ["mixed"] = () => new ExportCase(TestLayouts.Mixed, Small),
        ["categorical"] = () => new ExportCase(TestLayouts.Mixed, Small with { OneHotLikelihood = OneHotLikelihoodKind.Categorical }),
        ["log-cosh"] = () => new ExportCase(TestLayouts.Mixed, Small with { NumericLikelihood = NumericLikelihoodKind.LogCosh }),
        ["conditional"] = () => new ExportCase(TestLayouts.Conditional, Small),
        ["in units of the data"] = () => new ExportCase(TestLayouts.Mixed, Small with { EmbeddingScale = EmbeddingScale.Data }),
        ["only numbers"] = () => new ExportCase(TestLayouts.Numeric, Small),
        ["only categories"] = () => new ExportCase(TestLayouts.Categories, Small),
        ["batch normalization"] = () => new ExportCase(TestLayouts.Mixed, Small with { BatchNormalization = true }),
        ["linear"] = () => new ExportCase(TestLayouts.Mixed, Small with { HiddenLayers = [] }),
        ["one dimension"] = () => new ExportCase(TestLayouts.Mixed, Small with { LatentDimension = 1 }),
        ["32 dimensions"] = () => new ExportCase(TestLayouts.Mixed, Small with { LatentDimension = 32, HiddenLayers = [48] }),
        ["a scale per slot"] = () => new ExportCase(
            TestLayouts.Mixed,
            Small with { NoiseScale = NoiseScaleOptions.Learned(perSlot: true), Standardization = StandardizationMethod.MedianAndRange }),
        ["quantiles"] = () => new ExportCase(
            TestLayouts.Conditional, Small with { Standardization = StandardizationMethod.Quantile },
            values => [.. values.Select((value, i) => value < 3 && i % 12 == 1 ? 0 : value)]),
        ["ReLU"] = () => WithActivation(Activation.ReLU),
        ["LeakyReLU"] = () => WithActivation(Activation.LeakyReLU),
        ["ELU"] = () => WithActivation(Activation.ELU),
        ["GELU"] = () => WithActivation(Activation.GELU),
        ["Tanh"] = () => WithActivation(Activation.Tanh),
        ["Softplus"] = () => WithActivation(Activation.Softplus),
        ["Identity"] = () => WithActivation(Activation.Identity),
        ["far from zero"] = () => new ExportCase(
            TestLayouts.Numeric, Small, values => [.. values.Select((value, i) => i % 5 == 0 ? 20_000 + value : value)]),
        ["near the ends of a float"] = () => new ExportCase(
            TestLayouts.Numeric, Small,
            values => [.. values.Select((value, i) => value * (i % 5 == 0 ? 1e-38f : i % 5 == 1 ? 1e35f : 1))]),
        ["a noise scale near 0"] = () => new ExportCase(
            TestLayouts.Numeric, Small, with: parts => parts with { Options = Small with { NoiseScale = NoiseScaleOptions.Fixed(1e-30) } }),
    };

    private static readonly Dictionary<string, Lazy<ExportCase>> Trained =
        Cases.ToDictionary(item => item.Key, item => new Lazy<ExportCase>(item.Value));

    private readonly float[] _rows;

    private ExportCase(
        FeatureLayout layout, VaeOptions options, Func<float[], float[]>? change = null, Func<ModelParts, ModelParts>? with = null)
    {
        change ??= values => values;
        Model = new ManagedTrainer().Train(new MatrixRows(layout, change(Values(layout, 200, 1))), options);
        if (with is not null) Model = new VaeModel(with(Model.Parts));
        _rows = change(Values(layout, 1000, 2));
    }

    /// <summary>The names of all cases.</summary>
    public static TheoryData<string> Names => [.. Cases.Keys];

    public VaeModel Model { get; }

    /// <summary>The case of a name; trained once.</summary>
    public static ExportCase Of(string name) => Trained[name].Value;

    /// <summary>Some rows, many of them with missing values.</summary>
    public float[] Rows(int count) => _rows[..(count * Model.Layout.RowWidth)];

    /// <summary>The number of values that an output has for each row.</summary>
    public int Width(ScoringOutputs output) => Width(Model, output);

    /// <summary>The largest difference between what an engine says of the first rows and what the model says.</summary>
    public double Difference(ScoringOutputs output, ReadOnlySpan<float> actual) =>
        Agreement.Largest(actual, Results(Model, output, _rows), Width(output));

    /// <summary>What a model says of rows.</summary>
    public static float[] Results(VaeModel model, ScoringOutputs output, ReadOnlySpan<float> rows)
    {
        int count = rows.Length / model.Layout.RowWidth;
        float[] values = new float[count * Width(model, output)];
        switch (output)
        {
            case ScoringOutputs.Embedding: model.Embed(rows, values); break;
            case ScoringOutputs.LogVariance: model.Embed(rows, new float[values.Length], values); break;
            case ScoringOutputs.Score: model.Score(rows, values); break;
            case ScoringOutputs.CellScores: model.CellScores(rows, values); break;
            default: model.Reconstruct(rows, values); break;
        }

        return values;
    }

    private static int Width(VaeModel model, ScoringOutputs output) => output switch
    {
        ScoringOutputs.Embedding or ScoringOutputs.LogVariance => model.LatentDimension,
        ScoringOutputs.Score => 1,
        _ => model.Layout.SlotCount,
    };

    private static ExportCase WithActivation(Activation activation) => new(TestLayouts.Mixed, Small with { Activation = activation });

    private static float[] Values(FeatureLayout layout, int count, int seed)
    {
        float[] values = new float[count * layout.RowWidth];
        float[] weights = [];
        using var reader = TestTables.Rows(layout, count, missing: true, seed: seed).Open();
        reader.Read(values, weights);
        return values;
    }
}
