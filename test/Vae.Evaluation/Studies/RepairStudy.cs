using Vae.Data;
using Vae.Detection;
using Vae.Explanation;
using Vae.Evaluation.Data;
using Vae.Options;
using Vae.Samples;
using Vae.Testing;
using Vae.Training.Managed;

namespace Vae.Evaluation.Studies;

/// <summary>
/// Values of rows that a detector has not seen and finds normal are made wrong (<see cref="WrongCells"/>). What it says is wrong then is
/// compared with the features of the highest cell scores, and the first reasons, as many as really are wrong.
/// </summary>
internal static class RepairStudy
{
    private const int TestRows = 100;
    private const double TrainingPart = 0.6;
    private const double FalseAlarmRate = 0.05;
    private const double StricterBound = 0.1;

    /// <summary>What is measured, in the order of the columns.</summary>
    public static IReadOnlyList<string> Columns { get; } =
    [
        "alarms", "recall", "precision", "recall, p > 0.1", "precision, p > 0.1", "highest cell scores", "reasons",
    ];

    /// <summary>Measures a number of wrong values on splits of a table, each with a training of its own.</summary>
    /// <param name="table">
    /// The table; the labels are not used, but for 1 as the anomalies of a table of anomalies, which are left out.
    /// </param>
    /// <param name="wrong">The number of wrong values in a row.</param>
    /// <param name="onlyNumbers">Whether categories stay as they are.</param>
    /// <param name="seeds">The number of splits.</param>
    public static Measurement[] Run(LabelledTable table, int wrong, bool onlyNumbers, int seeds)
    {
        double[][] results = [.. Enumerable.Range(1, seeds).Select(seed => Run(table, wrong, onlyNumbers, (uint)seed))];
        return [.. Columns.Select((_, column) => new Measurement(Array.ConvertAll(results, result => result[column])))];
    }

    /// <summary>The part of the values of new rows that are in their intervals (or sets of categories) of 90%, by kind.</summary>
    public static Measurement Coverage(LabelledTable table, FeatureKind kind, VaeOptions options, int seeds) =>
        new([.. Enumerable.Range(1, seeds).Select(seed =>
        {
            var (train, test) = Split(table, (uint)seed);
            var model = new ManagedTrainer().Train(new MatrixRows(table.Layout, train), options with { Seed = seed });
            return test.SelectMany(row => model.Describe(row, reasons: 0).Features)
                .Where(feature => feature.Feature.Kind == kind && !feature.IsMissing).Average(feature => feature.IsSurprising ? 0.0 : 1);
        })]);

    private static double[] Run(LabelledTable table, int wrong, bool onlyNumbers, uint seed)
    {
        var (train, test) = Split(table, seed);
        var detector = VaeDetector.Train(new ManagedTrainer(), new MatrixRows(table.Layout, train), new DetectionOptions
        {
            Model = new VaeOptions { Seed = (int)seed },
            FalseAlarmRate = FalseAlarmRate,
            CalibrationFolds = 1,
            Trim = 0,
        });
        var random = new Random((int)seed);
        var normal = test.Where(row => !Detect(detector, row)).ToArray();
        double[] sums = new double[Columns.Count];
        int alarms = 0;
        foreach (float[] row in normal)
        {
            var inserted = WrongCells.Insert(table.Layout, row, wrong, random, onlyNumbers);
            if (!Detect(detector, row)) continue;
            alarms++;
            Add(1, detector.Repair(row).Features);
            Add(3, detector.Repair(row, StricterBound).Features);
            var description = detector.Describe(row, wrong);
            sums[5] += Part(description.Features.OrderByDescending(feature => feature.Share));
            sums[6] += Part(description.Reasons);

            void Add(int column, IReadOnlyList<FeatureDescription> found)
            {
                double hits = found.Count(feature => inserted.Contains(feature.Feature));
                sums[column] += hits / wrong;
                sums[column + 1] += hits / found.Count;
            }

            double Part(IEnumerable<FeatureDescription> ranked) =>
                (double)ranked.Take(wrong).Count(feature => inserted.Contains(feature.Feature)) / wrong;
        }

        double[] result = Array.ConvertAll(sums, sum => sum / alarms);
        result[0] = (double)alarms / normal.Length;
        return result;
    }

    private static bool Detect(VaeDetector detector, float[] row)
    {
        var detections = new RowDetection[1];
        detector.Detect(row, detections);
        return detections[0].IsAnomaly;
    }

    private static (float[] Train, float[][] Test) Split(LabelledTable table, uint seed)
    {
        bool hasAnomalies = table.Classes is ["0", "1"];
        int[] rows = [.. Enumerable.Range(0, table.Count).Where(row => !hasAnomalies || table.Labels[row] == 0)];
        new MersenneTwister(seed).Shuffle(rows.AsSpan());
        int training = (int)(TrainingPart * rows.Length);
        float[][] test = [.. rows.Skip(training).Take(TestRows).Select(row => table.Take([row]))];
        return (table.Take(rows[..training]), test);
    }
}
