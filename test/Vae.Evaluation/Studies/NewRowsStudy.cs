using Microsoft.ML;
using Vae.Data;
using Vae.MLNet.Synthesis;
using Vae.Samples;

namespace Vae.Evaluation.Studies;

/// <summary>
/// Two thirds of a table's rows, class included, are for training; as many synthetic rows are compared with them and with the last third.
/// The classifiers are FastTree with its defaults.
/// </summary>
internal sealed class NewRowsStudy
{
    private const int Parts = 3;

    private readonly float[][] _rows;
    private readonly int[] _labels;

    /// <param name="table">The table.</param>
    /// <param name="mostRows">Of a longer table, so many rows evenly spaced are taken.</param>
    public NewRowsStudy(LabelledTable table, int mostRows)
    {
        Name = table.Name;
        var builder = new FeatureLayoutBuilder();
        foreach (var group in table.Layout.Groups)
            builder.Add(group.Name, group.Kind, [.. group.SlotNames]);
        Layout = builder.OneHot("class", table.Classes).Build();
        int count = Math.Min(mostRows, table.Count);
        int[] taken = [.. Enumerable.Range(0, count).Select(i => (int)((long)i * table.Count / count))];
        _labels = table.TakeLabels(taken);
        _rows = [.. taken.Select((row, i) => (float[])
        [
            .. table.Take([row]), .. Enumerable.Range(0, table.Classes.Length).Select(label => label == _labels[i] ? 1f : 0f),
        ])];
    }

    /// <summary>What is measured.</summary>
    public static IReadOnlyList<(string Name, Func<SyntheticReport, double> Value)> Figures { get; } =
    [
        ("KS", report => report.KolmogorovSmirnov),
        ("TV", report => report.TotalVariation),
        ("correlations", report => report.CorrelationDifference),
        ("real/fake AUC", report => report.RealAgainstSynthetic),
        ("accuracy, real", report => report.TrainedOnReal!.Accuracy),
        ("accuracy, synthetic", report => report.TrainedOnSynthetic!.Accuracy),
        ("AUC, real", report => report.TrainedOnReal!.AreaUnderRocCurve),
        ("AUC, synthetic", report => report.TrainedOnSynthetic!.AreaUnderRocCurve),
        ("distance, held out", report => report.HeldOut!.Median),
        ("distance, synthetic", report => report.Synthetic.Median),
        ("5%, held out", report => report.HeldOut!.FifthPercentile),
        ("5%, synthetic", report => report.Synthetic.FifthPercentile),
        ("copies, held out", report => report.HeldOut!.Copies),
        ("copies, synthetic", report => report.Synthetic.Copies),
    ];

    public string Name { get; }

    /// <summary>The table's columns, then its class.</summary>
    public FeatureLayout Layout { get; }

    public SyntheticReport Run(NewRowsMethod method, int seed)
    {
        int[] parts = Data.StratifiedFolds.Assign(_labels, Parts, (uint)seed);
        float[] training = Take(part => part != 0);
        var rows = new MatrixRows(Layout, training);
        float[] synthetic = method.Draw(rows, training, seed);
        var mlContext = new MLContext(seed);
        var tables = new ComparedTables(
            new ComparedRows(Layout, training), new ComparedRows(Layout, synthetic), new ComparedRows(Layout, Take(part => part == 0)),
            Layout.Features[^1]);
        return SyntheticReport.Compare(
            mlContext, tables, new SyntheticReportOptions { Trainer = mlContext.BinaryClassification.Trainers.FastTree(), Seed = seed });

        float[] Take(Predicate<int> isTaken) =>
            [.. Enumerable.Range(0, _rows.Length).Where(i => isTaken(parts[i])).SelectMany(i => _rows[i])];
    }
}
