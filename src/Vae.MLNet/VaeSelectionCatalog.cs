using Vae.MLNet;
using Vae.MLNet.Internals;
using Vae.Options;
using Vae.Selection;

namespace Microsoft.ML;

/// <summary>The choice of k, β and other options of variational autoencoders in <c>mlContext.Transforms</c>.</summary>
public static class VaeSelectionCatalog
{
    /// <summary>
    /// Compares candidates over folds, by log p(x) of the rows that each has not seen or by a metric of what comes after the embedding, and
    /// recommends one. The log of the <c>MLContext</c> is told after every training.
    /// </summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="data">The data; read several times, always in the same order.</param>
    /// <param name="options">
    /// Which columns are embedded and how training runs. The candidates replace <see cref="VaeTrainingOptions.Model"/> and what is set
    /// beside it, except a <see cref="VaeTrainingOptions.Seed"/> and a <see cref="VaeEmbeddingEstimator.Options.EmbeddingScale"/>.
    /// <see cref="VaeTrainingOptions.ThreadCount"/> is shared by all trainings. What belongs to a single training is not used.
    /// </param>
    /// <param name="candidates">The candidates; <see cref="VaeSelection.Grid"/> makes them.</param>
    /// <param name="metric">
    /// Given the rows that neither the embedding nor <paramref name="downstream"/> has seen, transformed by both: a number of which higher
    /// is better. Null judges by log p(x) per row.
    /// </param>
    /// <param name="downstream">
    /// What to append after the embedding before the metric, a classifier for instance, fitted on the rows that the VAE was trained on;
    /// null for nothing.
    /// </param>
    /// <param name="selection">How to compare; null for the defaults.</param>
    /// <returns>
    /// The scores and a recommendation; <c>options.Model = result.Recommended.Options</c> takes it, where nothing is set beside it.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// An option or a candidate is not valid, a column is missing or has a type that cannot be embedded, or there is a
    /// <paramref name="downstream"/> without a <paramref name="metric"/>.
    /// </exception>
    /// <exception cref="InvalidOperationException">The data cannot be trained on, or no candidate could be trained.</exception>
    /// <exception cref="OperationCanceledException">The token of the options was cancelled, or the environment told to stop.</exception>
    /// <example><code>
    /// var candidates = VaeSelection.Grid(new VaeOptions(), latentDimensions: [2, 4, 8], betas: [0.5, 1]);
    /// Console.WriteLine(mlContext.Transforms.SelectVae(data, options, candidates));
    ///
    /// var result = mlContext.Transforms.SelectVae(
    ///     data, options, candidates,
    ///     metric: scored => mlContext.BinaryClassification.Evaluate(scored).AreaUnderRocCurve,
    ///     downstream: mlContext.BinaryClassification.Trainers.SdcaLogisticRegression("Label", "Embedding"));
    /// options.Model = result.Recommended.Options;
    /// </code></example>
    public static SelectionResult SelectVae(
        this TransformsCatalog catalog,
        IDataView data,
        VaeEmbeddingEstimator.Options options,
        IReadOnlyList<VaeOptions> candidates,
        Func<IDataView, double>? metric = null,
        IEstimator<ITransformer>? downstream = null,
        SelectionOptions? selection = null)
    {
        var host = Hosting.EnvironmentOf(catalog).Register(nameof(SelectVae));
        Errors.NotNull(host, data, nameof(data));
        Errors.NotNull(host, options, nameof(options));
        Errors.NotNull(host, candidates, nameof(candidates));
        if (metric is null && downstream is not null)
            throw Errors.Option(host, nameof(metric), "What comes after the embedding needs a metric to be judged by.");
        return new EmbeddingSelection(host, options).Run(data, candidates, metric, downstream, selection ?? new SelectionOptions());
    }
}
