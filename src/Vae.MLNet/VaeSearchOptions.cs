using Microsoft.ML.SearchSpace;
using Vae.Options;

namespace Vae.MLNet;

/// <summary>
/// What a search may try, with ML.NET's own attributes for it: <c>SearchSpace&lt;VaeSearchOptions&gt;</c> of Microsoft.ML.AutoML reads
/// them, and neither library needs the other. The defaults are those of <see cref="VaeOptions"/>.
/// </summary>
/// <example><code>
/// var sweepable = mlContext.Auto().CreateSweepableEstimator(
///     (context, search) => context.Transforms.VaeEmbed(search.ToOptions("Embedding", "Features")),
///     new SearchSpace&lt;VaeSearchOptions&gt;());
/// </code></example>
public sealed class VaeSearchOptions
{
    /// <inheritdoc cref="VaeOptions.LatentDimension"/>
    [Choice([1, 2, 3, 4, 6, 8, 12, 16, 24, 32], VaeOptions.Defaults.LatentDimension)]
    public int LatentDimension { get; set; } = VaeOptions.Defaults.LatentDimension;

    /// <summary>The weight β of the KL divergence.</summary>
    [Range(0.1, 10.0, 1.0, true)]
    public double Beta { get; set; } = 1;

    /// <inheritdoc cref="VaeOptions.NoiseScale"/>
    [Choice(SearchedNoiseScale.Learned, SearchedNoiseScale.LearnedPerSlot, SearchedNoiseScale.Computed)]
    public SearchedNoiseScale NoiseScale { get; set; }

    /// <summary>The width of the widest hidden layers: the encoder has two of it and one of half of it.</summary>
    [Choice([32, 64, 128, 256], 128)]
    public int Width { get; set; } = 128;

    /// <inheritdoc cref="VaeOptions.InputNoise"/>
    [Range(0.0, 0.5, 0.2)]
    public double InputNoise { get; set; } = 0.2;

    /// <inheritdoc cref="VaeOptions.InputMasking"/>
    [Range(0.0, 0.5, 0.1)]
    public double InputMasking { get; set; } = 0.1;

    /// <summary>These values in the options of a model.</summary>
    /// <param name="template">Everything else; null for the defaults. Its regularizer is replaced by the KL divergence.</param>
    public VaeOptions ToModelOptions(VaeOptions? template = null) => (template ?? new VaeOptions()) with
    {
        LatentDimension = LatentDimension,
        Regularizer = RegularizerOptions.KullbackLeibler(Beta),
        NoiseScale = NoiseScale == SearchedNoiseScale.Computed
            ? NoiseScaleOptions.Computed()
            : NoiseScaleOptions.Learned(perSlot: NoiseScale == SearchedNoiseScale.LearnedPerSlot),
        HiddenLayers = [Width, Width, Width / 2],
        InputNoise = InputNoise,
        InputMasking = InputMasking,
    };

    /// <summary>These values in the options of an estimator.</summary>
    /// <param name="outputColumnName">The embedding's column.</param>
    /// <param name="inputColumnNames">The columns to embed; none for the output column, which is then replaced.</param>
    public VaeEmbeddingEstimator.Options ToOptions(string outputColumnName, params string[] inputColumnNames) => new()
    {
        OutputColumnName = outputColumnName,
        InputColumnNames = inputColumnNames,
        Model = ToModelOptions(),
    };
}

/// <summary>The noise scales that a search tries.</summary>
public enum SearchedNoiseScale
{
    /// <summary><see cref="LearnedNoiseScale"/>, one for the model.</summary>
    Learned,

    /// <summary><see cref="LearnedNoiseScale"/>, one for each numeric slot.</summary>
    LearnedPerSlot,

    /// <summary><see cref="ComputedNoiseScale"/>.</summary>
    Computed,
}
