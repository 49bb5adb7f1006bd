using Microsoft.ML;
using Vae.Data;
using Vae.Detection;
using Vae.Reports.Page;
using Vae.Reports.Rows;

namespace Vae.Reports;

/// <summary>Reports of fitted pipelines, models and detectors.</summary>
/// <example><code>
/// model.SaveReport("report.html", data, new VaeReportOptions { ColorBy = ["Label"] });
/// </code></example>
public static class ReportExtensions
{
    /// <summary>Reports what a fitted VaeEmbed or VaeDetect, alone or in a pipeline, makes of data.</summary>
    /// <param name="transformer">The transformer, or a pipeline with one in it (of several the first).</param>
    /// <param name="data">The data; read once. They need what the pipeline needs, and the columns that the options name.</param>
    /// <param name="options">What to show; null for the defaults.</param>
    /// <exception cref="ArgumentException">
    /// The pipeline has no autoencoder, the data have no rows, or a column is missing or of a type that a report cannot show.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is not valid, or an input column is missing or of another type.</exception>
    /// <exception cref="OperationCanceledException">The options' token was cancelled.</exception>
    public static VaeReport Report(this ITransformer transformer, IDataView data, VaeReportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(transformer);
        ArgumentNullException.ThrowIfNull(data);
        options ??= new VaeReportOptions();
        options.Validate();
        var step = PipelineStep.Find(transformer, data);
        string[] columns = ColumnsBesides(step.Model, options, name => step.Output.Schema.GetColumnOrNull(name) is not null);
        using var rows = new DataViewReportRows(step, columns);
        return Report(step.Model, step.Detector, rows, options);
    }

    /// <summary>Reports what a model makes of rows.</summary>
    /// <param name="model">The model.</param>
    /// <param name="rows">The rows; read once.</param>
    /// <param name="options">What to show; null for the defaults.</param>
    /// <param name="columns">Columns beside the rows, a text for each row, that the options may name; null for none.</param>
    /// <inheritdoc cref="Report(ITransformer, IDataView, VaeReportOptions?)" path="/exception"/>
    public static VaeReport Report(
        this VaeModel model, IFeatureRows rows, VaeReportOptions? options = null,
        IReadOnlyDictionary<string, IReadOnlyList<string>>? columns = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        return Report(model, null, rows, options, columns);
    }

    /// <summary>Reports what a detector makes of rows.</summary>
    /// <param name="detector">The detector.</param>
    /// <param name="rows">The rows; read once.</param>
    /// <param name="options">What to show; null for the defaults.</param>
    /// <param name="columns">Columns beside the rows, a text for each row, that the options may name; null for none.</param>
    /// <inheritdoc cref="Report(ITransformer, IDataView, VaeReportOptions?)" path="/exception"/>
    public static VaeReport Report(
        this VaeDetector detector, IFeatureRows rows, VaeReportOptions? options = null,
        IReadOnlyDictionary<string, IReadOnlyList<string>>? columns = null)
    {
        ArgumentNullException.ThrowIfNull(detector);
        return Report(detector.Models[0], detector, rows, options, columns);
    }

    /// <summary>Writes a report to a file: <see cref="VaeReport.Save"/> of what <c>Report</c> gives.</summary>
    /// <param name="transformer">The transformer, or a pipeline with one in it (of several the first).</param>
    /// <param name="path">The file; an existing one is replaced, a missing folder is made.</param>
    /// <param name="data">The data; read once.</param>
    /// <param name="options">What to show; null for the defaults.</param>
    /// <inheritdoc cref="Report(ITransformer, IDataView, VaeReportOptions?)" path="/exception"/>
    public static void SaveReport(this ITransformer transformer, string path, IDataView data, VaeReportOptions? options = null) =>
        transformer.Report(data, options).Save(path);

    /// <summary>Writes a report to a file: <see cref="VaeReport.Save"/> of what <c>Report</c> gives.</summary>
    /// <param name="model">The model.</param>
    /// <param name="path">The file; an existing one is replaced, a missing folder is made.</param>
    /// <param name="rows">The rows; read once.</param>
    /// <param name="options">What to show; null for the defaults.</param>
    /// <param name="columns">Columns beside the rows, a text for each row, that the options may name; null for none.</param>
    /// <inheritdoc cref="Report(ITransformer, IDataView, VaeReportOptions?)" path="/exception"/>
    public static void SaveReport(
        this VaeModel model, string path, IFeatureRows rows, VaeReportOptions? options = null,
        IReadOnlyDictionary<string, IReadOnlyList<string>>? columns = null) => model.Report(rows, options, columns).Save(path);

    /// <summary>Writes a report to a file: <see cref="VaeReport.Save"/> of what <c>Report</c> gives.</summary>
    /// <param name="detector">The detector.</param>
    /// <param name="path">The file; an existing one is replaced, a missing folder is made.</param>
    /// <param name="rows">The rows; read once.</param>
    /// <param name="options">What to show; null for the defaults.</param>
    /// <param name="columns">Columns beside the rows, a text for each row, that the options may name; null for none.</param>
    /// <inheritdoc cref="Report(ITransformer, IDataView, VaeReportOptions?)" path="/exception"/>
    public static void SaveReport(
        this VaeDetector detector, string path, IFeatureRows rows, VaeReportOptions? options = null,
        IReadOnlyDictionary<string, IReadOnlyList<string>>? columns = null) => detector.Report(rows, options, columns).Save(path);

    private static VaeReport Report(
        VaeModel model, VaeDetector? detector, IFeatureRows rows, VaeReportOptions? options,
        IReadOnlyDictionary<string, IReadOnlyList<string>>? columns)
    {
        ArgumentNullException.ThrowIfNull(rows);
        options ??= new VaeReportOptions();
        options.Validate();
        columns ??= new Dictionary<string, IReadOnlyList<string>>();
        using var reading = new MemoryRows(rows, columns, ColumnsBesides(model, options, columns.ContainsKey));
        return reading.Layout.Equals(model.Layout)
            ? Report(model, detector, reading, options)
            : throw new ArgumentException("The rows have another layout than those that the model was trained on.", nameof(rows));
    }

    private static VaeReport Report(VaeModel model, VaeDetector? detector, IReportRows rows, VaeReportOptions options)
    {
        var survey = TableSurvey.Take(
            rows, new RowScorer(model, detector), new SurveyPlan(options.DrawnRows, options.UnusualRows, options.CancellationToken));
        var source = new ReportSource(model, detector, survey, options.NameColumn, options.ColorBy, options.CancellationToken);
        return new VaeReport(source, options.Title);
    }

    /// <summary>The columns that the options name: those that are there, and those that are nowhere, for the reader to object to.</summary>
    private static string[] ColumnsBesides(VaeModel model, VaeReportOptions options, Predicate<string> isThere) =>
        [.. options.ColumnNames.Distinct().Where(name => isThere(name) || model.Layout.Features.All(feature => feature.Name != name))];
}
