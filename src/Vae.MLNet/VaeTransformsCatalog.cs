using Vae.MLNet;
using Vae.MLNet.Internals;
using Vae.Options;

namespace Microsoft.ML;

/// <summary>Variational autoencoders in <c>mlContext.Transforms</c>.</summary>
public static class VaeTransformsCatalog
{
    /// <summary>Embeds a column with a variational autoencoder that is trained on it.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="outputColumnName">
    /// The embedding's column: Vector&lt;Single, latentDimension&gt;. "{output}LogVariance" is appended too.
    /// </param>
    /// <param name="inputColumnName">
    /// The column to embed (Vector&lt;Single&gt; of known size, Single, Boolean or key); null is the output column, which is then replaced.
    /// </param>
    /// <param name="exampleWeightColumnName">The column with the rows' weights (Single), or null.</param>
    /// <param name="latentDimension">The number of dimensions of the embedding.</param>
    /// <param name="epochs">The largest number of passes over the data.</param>
    /// <param name="seed">The seed of everything random, or null to draw one from the <c>MLContext</c>.</param>
    /// <example><code>
    /// var pipeline = mlContext.Transforms.Categorical.OneHotEncoding("Housing")
    ///     .Append(mlContext.Transforms.Concatenate("Features", "Age", "Income", "Housing"))
    ///     .Append(mlContext.Transforms.VaeEmbed("Embedding", "Features", latentDimension: 4));
    /// </code></example>
    public static VaeEmbeddingEstimator VaeEmbed(
        this TransformsCatalog catalog,
        string outputColumnName,
        string? inputColumnName = null,
        string? exampleWeightColumnName = null,
        int latentDimension = VaeOptions.Defaults.LatentDimension,
        int epochs = VaeOptions.Defaults.Epochs,
        int? seed = null) =>
        catalog.VaeEmbed(
            outputColumnName, inputColumnName is null ? [] : [inputColumnName], exampleWeightColumnName, latentDimension, epochs, seed);

    /// <summary>Embeds several columns with one variational autoencoder that is trained on them.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="outputColumnName">
    /// The embedding's column: Vector&lt;Single, latentDimension&gt;. "{output}LogVariance" is appended too.
    /// </param>
    /// <param name="inputColumnNames">The columns to embed: vectors of Single of known size, Single, Boolean or keys.</param>
    /// <param name="exampleWeightColumnName">The column with the rows' weights (Single), or null.</param>
    /// <param name="latentDimension">The number of dimensions of the embedding.</param>
    /// <param name="epochs">The largest number of passes over the data.</param>
    /// <param name="seed">The seed of everything random, or null to draw one from the <c>MLContext</c>.</param>
    public static VaeEmbeddingEstimator VaeEmbed(
        this TransformsCatalog catalog,
        string outputColumnName,
        string[] inputColumnNames,
        string? exampleWeightColumnName = null,
        int latentDimension = VaeOptions.Defaults.LatentDimension,
        int epochs = VaeOptions.Defaults.Epochs,
        int? seed = null) =>
        catalog.VaeEmbed(new VaeEmbeddingEstimator.Options
        {
            OutputColumnName = outputColumnName,
            InputColumnNames = inputColumnNames,
            ExampleWeightColumnName = exampleWeightColumnName,
            LatentDimension = latentDimension,
            Epochs = epochs,
            Seed = seed,
        });

    /// <summary>Embeds columns with a variational autoencoder, with all options.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="options">The options; later changes of the object have no effect.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is not valid; the message names it.</exception>
    public static VaeEmbeddingEstimator VaeEmbed(this TransformsCatalog catalog, VaeEmbeddingEstimator.Options options) =>
        new(Hosting.EnvironmentOf(catalog), options);
}
