using Vae.MLNet;
using Vae.MLNet.Internals;

namespace Microsoft.ML;

/// <summary>Gaps filled by variational autoencoders in <c>mlContext.Transforms</c>.</summary>
public static class VaeImputationCatalog
{
    /// <summary>
    /// Fills the gaps of columns, each from what the other columns of its row say, with variational autoencoders that are trained on them:
    /// NaN in columns of Single, groups of zeros in one-hot slots, and the missing key. The columns keep their names, types and
    /// annotations.
    /// </summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="columnNames">The columns to model and to fill: vectors of Single of known size, Single, Boolean or keys.</param>
    /// <param name="exampleWeightColumnName">The column with the rows' weights (Single), or null.</param>
    /// <param name="seed">The seed of everything random, or null to draw one from the <c>MLContext</c>.</param>
    /// <example><code>
    /// var pipeline = mlContext.Transforms.Conversion.MapValueToKey("Housing")
    ///     .Append(mlContext.Transforms.VaeImpute(["Age", "Income", "Housing"]))
    ///     .Append(mlContext.Transforms.Conversion.MapKeyToValue("Housing"));
    /// </code></example>
    public static VaeImputationEstimator VaeImpute(
        this TransformsCatalog catalog, string[] columnNames, string? exampleWeightColumnName = null, int? seed = null) =>
        catalog.VaeImpute(new VaeImputationEstimator.Options
        {
            InputColumnNames = columnNames,
            ExampleWeightColumnName = exampleWeightColumnName,
            Seed = seed,
        });

    /// <summary>Fills the gaps of a column of several slots.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="columnName">The column to model and to fill (Vector&lt;Single&gt; of known size).</param>
    /// <param name="exampleWeightColumnName">The column with the rows' weights (Single), or null.</param>
    /// <param name="seed">The seed of everything random, or null to draw one from the <c>MLContext</c>.</param>
    public static VaeImputationEstimator VaeImpute(
        this TransformsCatalog catalog, string columnName, string? exampleWeightColumnName = null, int? seed = null) =>
        catalog.VaeImpute([columnName], exampleWeightColumnName, seed);

    /// <summary>Fills gaps with variational autoencoders, with all options.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="options">The options; later changes of the object have no effect.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is not valid; the message names it.</exception>
    public static VaeImputationEstimator VaeImpute(this TransformsCatalog catalog, VaeImputationEstimator.Options options) =>
        new(Hosting.EnvironmentOf(catalog), options);
}
