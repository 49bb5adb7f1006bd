using Microsoft.ML.Data;
using Vae.Detection;
using Vae.MLNet;
using Vae.MLNet.Columns;
using Vae.MLNet.Internals;

namespace Microsoft.ML;

/// <summary>Anomaly detection by variational autoencoders in <c>mlContext.Transforms</c> and <c>mlContext.AnomalyDetection</c>.</summary>
public static class VaeDetectionCatalog
{
    /// <summary>Finds anomalies in a column, at a false alarm rate, with a variational autoencoder that is trained on it.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="inputColumnName">The column to model (Vector&lt;Single&gt; of known size, Single, Boolean or key).</param>
    /// <param name="falseAlarmRate">
    /// The probability of an alarm on a normal row. It needs about 1/<paramref name="falseAlarmRate"/> rows for calibration at least.
    /// </param>
    /// <param name="exampleWeightColumnName">The column with the rows' weights (Single), or null.</param>
    /// <param name="seed">The seed of everything random, or null to draw one from the <c>MLContext</c>.</param>
    /// <example><code>
    /// var model = mlContext.Transforms.VaeDetect("Features", falseAlarmRate: 0.01).Fit(data);
    /// var metrics = mlContext.AnomalyDetection.Evaluate(model.Transform(labelled));
    /// </code></example>
    public static VaeDetectionEstimator VaeDetect(
        this TransformsCatalog catalog,
        string inputColumnName,
        double falseAlarmRate = DetectionOptions.Defaults.FalseAlarmRate,
        string? exampleWeightColumnName = null,
        int? seed = null) =>
        catalog.VaeDetect([inputColumnName], falseAlarmRate, exampleWeightColumnName, seed);

    /// <summary>Finds anomalies in several columns, at a false alarm rate, with one model that is trained on them.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="inputColumnNames">The columns to model: vectors of Single of known size, Single, Boolean or keys.</param>
    /// <param name="falseAlarmRate">
    /// The probability of an alarm on a normal row. It needs about 1/<paramref name="falseAlarmRate"/> rows for calibration at least.
    /// </param>
    /// <param name="exampleWeightColumnName">The column with the rows' weights (Single), or null.</param>
    /// <param name="seed">The seed of everything random, or null to draw one from the <c>MLContext</c>.</param>
    public static VaeDetectionEstimator VaeDetect(
        this TransformsCatalog catalog,
        string[] inputColumnNames,
        double falseAlarmRate = DetectionOptions.Defaults.FalseAlarmRate,
        string? exampleWeightColumnName = null,
        int? seed = null) =>
        catalog.VaeDetect(new VaeDetectionEstimator.Options
        {
            InputColumnNames = inputColumnNames,
            FalseAlarmRate = falseAlarmRate,
            ExampleWeightColumnName = exampleWeightColumnName,
            Seed = seed,
        });

    /// <summary>Finds anomalies with a variational autoencoder, with all options.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="options">The options; later changes of the object have no effect.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is not valid; the message names it.</exception>
    public static VaeDetectionEstimator VaeDetect(this TransformsCatalog catalog, VaeDetectionEstimator.Options options) =>
        new(Hosting.EnvironmentOf(catalog), options);

    /// <summary>
    /// The rows that may be called anomalies all at once so that, on average, at most a part <paramref name="falseDiscoveryRate"/> of those
    /// selected is normal (Benjamini &amp; Hochberg 1995; for p-values that are calibrated on the same rows, Bates et al. 2023).
    /// </summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="data">Rows with a column of p-values, as <c>VaeDetect</c> appends it. Rows without one (NaN) are left out.</param>
    /// <param name="falseDiscoveryRate">The part of the selected rows that may be normal, in (0, 1].</param>
    /// <param name="pValueColumnName">The column of p-values (Single).</param>
    /// <returns>The selected rows. The p-values are read once now, and everything when the rows are read.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The column is missing, or an argument is not valid.</exception>
    /// <exception cref="InvalidOperationException">A value of the column is not between 0 and 1.</exception>
    public static IDataView SelectByFalseDiscoveryRate(
        this AnomalyDetectionCatalog catalog, IDataView data, double falseDiscoveryRate, string pValueColumnName = "PValue")
    {
        var environment = Hosting.EnvironmentOf(catalog);
        var host = environment.Register(nameof(SelectByFalseDiscoveryRate));
        Errors.NotNull(host, data, nameof(data));
        if (falseDiscoveryRate is not (> 0 and <= 1))
            throw Errors.Option(host, nameof(falseDiscoveryRate), "The false discovery rate must be in (0, 1].");
        var column = data.Schema.GetColumnOrNull(pValueColumnName)
            ?? throw Errors.MissingColumn(host, nameof(data), "p-value", pValueColumnName);
        if (column.Type != NumberDataViewType.Single)
            throw Errors.WrongType(host, nameof(data), "p-value", pValueColumnName, "Single", InputColumn.Describe(column.Type));
        float[] pValues = [.. data.GetColumn<float>(column).Where(value => !float.IsNaN(value))];
        if (Array.Exists(pValues, value => value is < 0 or > 1))
            throw Errors.Data(host, $"Column '{pValueColumnName}' has values that are not between 0 and 1, which no p-value is.");
        float largest = FalseDiscoveryRate.LargestSelected(pValues, falseDiscoveryRate);
        return Hosting.DataOperations(environment).FilterRowsByColumn(data, pValueColumnName, upperBound: MathF.BitIncrement(largest));
    }
}
