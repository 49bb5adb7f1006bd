using System.Globalization;
using System.Text;
using Microsoft.ML;
using Microsoft.ML.Runtime;
using Vae.MLNet.Internals;

namespace Vae.MLNet.Synthesis;

/// <summary>
/// How synthetic rows compare with the real ones that a model was trained on: column by column, in their dependences, in what a classifier
/// makes of them, and in whether they are copies. <see cref="ToString"/> gives a table.
/// </summary>
public sealed record SyntheticReport
{
    private SyntheticReport()
    {
    }

    /// <summary>The columns, or the features of a vector column, in order.</summary>
    public IReadOnlyList<ColumnDistance> Columns { get; private init; } = [];

    /// <summary>The mean Kolmogorov–Smirnov distance of the numbers; NaN without numbers.</summary>
    public double KolmogorovSmirnov => Mean(Columns.Where(column => column.IsNumber));

    /// <summary>The mean total variation distance of the categories and yes/nos; NaN without any.</summary>
    public double TotalVariation => Mean(Columns.Where(column => !column.IsNumber));

    /// <summary>
    /// The mean absolute difference of the rank correlations of all pairs of slots that belong to different features; NaN for one feature.
    /// </summary>
    public double CorrelationDifference { get; private init; } = double.NaN;

    /// <summary>
    /// The area under the ROC curve of a classifier that tells real rows from synthetic ones, on rows that it was not trained on: 0.5 if it
    /// cannot.
    /// </summary>
    public double RealAgainstSynthetic { get; private init; } = double.NaN;

    /// <summary>What a classifier trained on the real rows makes of held-out ones; null without label or held-out rows.</summary>
    public SyntheticUtility? TrainedOnReal { get; private init; }

    /// <summary>What a classifier trained on the synthetic rows makes of held-out real ones; null without label or held-out rows.</summary>
    public SyntheticUtility? TrainedOnSynthetic { get; private init; }

    /// <summary>
    /// How far the synthetic rows are from the closest real (training) row, in Gower's distance: the mean over the features of the
    /// difference in units of the real range, or 1 for another category.
    /// </summary>
    public ClosestDistances Synthetic { get; private init; } = ClosestDistances.None;

    /// <summary>The same for held-out rows, which are what synthetic ones should be like; null without held-out rows.</summary>
    public ClosestDistances? HeldOut { get; private init; }

    /// <summary>Compares tables.</summary>
    /// <param name="mlContext">The environment.</param>
    /// <param name="real">The rows that the model was trained on.</param>
    /// <param name="synthetic">Rows with the same columns.</param>
    /// <param name="options">Held-out rows, label, trainer; null is the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing, of another type, or cannot be compared.</exception>
    /// <exception cref="InvalidOperationException">A table has fewer than ten rows.</exception>
    public static SyntheticReport Compare(
        MLContext mlContext, IDataView real, IDataView synthetic, SyntheticReportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(mlContext);
        options ??= new SyntheticReportOptions();
        var host = ((IHostEnvironment)mlContext).Register(nameof(SyntheticReport));
        Errors.NotNull(host, real, nameof(real));
        Errors.NotNull(host, synthetic, nameof(synthetic));
        if (options.MostRows < ComparedTables.FewestRows)
        {
            throw Errors.Option(
                host, nameof(options.MostRows), $"{nameof(options.MostRows)} must be at least {ComparedTables.FewestRows}.");
        }

        return Compare(mlContext, ComparedTables.Read(host, mlContext, real, synthetic, options), options);
    }

    internal static SyntheticReport Compare(MLContext mlContext, ComparedTables tables, SyntheticReportOptions options)
    {
        var classifier = new Classifier(mlContext, tables.Real, options.Trainer);
        var closest = new ClosestRows(tables.Real);
        var report = new SyntheticReport
        {
            Columns = Marginals.Compare(tables.Real, tables.Synthetic),
            CorrelationDifference = Correlations.MeanDifference(tables.Real, tables.Synthetic),
            RealAgainstSynthetic = classifier.TellApart(tables.Real, tables.Synthetic, options.Seed),
            Synthetic = closest.To(tables.Synthetic),
        };
        if (tables.HeldOut is not { } heldOut) return report;
        report = report with { HeldOut = closest.To(heldOut) };
        return tables.Label is not { } label ? report : report with
        {
            TrainedOnReal = classifier.Predict(tables.Real, heldOut, label),
            TrainedOnSynthetic = classifier.Predict(tables.Synthetic, heldOut, label),
        };
    }

    /// <summary>The report as a table.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        int width = Math.Max(30, Columns.Max(column => column.Name.Length));
        foreach (var column in Columns)
            Line(column.Name, $"{Number(column.Distance)}  {(column.IsNumber ? "Kolmogorov-Smirnov" : "total variation")}");
        text.AppendLine();
        if (!double.IsNaN(KolmogorovSmirnov)) Line("mean Kolmogorov-Smirnov", Number(KolmogorovSmirnov));
        if (!double.IsNaN(TotalVariation)) Line("mean total variation", Number(TotalVariation));
        Line("difference of correlations", Number(CorrelationDifference));
        Line("real against synthetic, AUC", $"{Number(RealAgainstSynthetic)}  0.5 is the best");
        if (TrainedOnReal is { } onReal && TrainedOnSynthetic is { } onSynthetic)
        {
            Line("trained on real rows", $"accuracy {Number(onReal.Accuracy)}, AUC {Number(onReal.AreaUnderRocCurve)}");
            Line("trained on synthetic rows", $"accuracy {Number(onSynthetic.Accuracy)}, AUC {Number(onSynthetic.AreaUnderRocCurve)}");
        }

        Line("closest real row, synthetic", Synthetic.ToString());
        if (HeldOut is { } heldOut) Line("closest real row, held out", heldOut.ToString());
        return text.ToString();

        void Line(string name, string value) => text.AppendLine($"{name.PadRight(width)}  {value}");
    }

    private static double Mean(IEnumerable<ColumnDistance> columns) =>
        columns.Select(column => column.Distance).DefaultIfEmpty(double.NaN).Average();

    private static string Number(double value) => value.ToString("0.000", CultureInfo.InvariantCulture);
}

/// <summary>A column of a <see cref="SyntheticReport"/>.</summary>
/// <param name="Name">The column, or a feature of a vector column.</param>
/// <param name="IsNumber">Whether it holds numbers rather than categories.</param>
/// <param name="Distance">
/// For numbers the largest difference of the two distribution functions (Kolmogorov–Smirnov), for categories half the sum of the
/// differences of their shares (total variation); both in [0, 1].
/// </param>
public sealed record ColumnDistance(string Name, bool IsNumber, double Distance);

/// <summary>What a classifier makes of held-out rows.</summary>
/// <param name="Accuracy">The part of the rows whose label it finds.</param>
/// <param name="AreaUnderRocCurve">The area under the ROC curve; with several classes the mean over each against the rest.</param>
public sealed record SyntheticUtility(double Accuracy, double AreaUnderRocCurve);

/// <summary>The distances of rows to the closest training row.</summary>
/// <param name="Median">The median.</param>
/// <param name="FifthPercentile">The fifth percentile: the closest ones.</param>
/// <param name="Copies">The part of the rows that are training rows to the last value.</param>
public sealed record ClosestDistances(double Median, double FifthPercentile, double Copies)
{
    internal static ClosestDistances None { get; } = new(double.NaN, double.NaN, double.NaN);

    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Median:0.0000} in the middle, {FifthPercentile:0.0000} at 5%, {Copies:0.0%} copies");
}
