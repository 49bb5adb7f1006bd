using Vae.Data;
using Vae.Evaluation.Metrics;
using Vae.Options;
using Vae.Samples;
using Vae.Training;
using Vae.Training.Managed;

namespace Vae.Evaluation.Studies;

/// <summary>
/// The area under the ROC curve of a model's score on test rows, after training on rows some of which are anomalies. Labels only split the
/// rows and measure the result: no option, epoch or model is chosen by them, and the model's standardization knows its training rows alone.
/// </summary>
internal static class ContaminationStudy
{
    /// <summary>As in a detector, training begins at random weights.</summary>
    private static readonly VaeOptions Defaults = new() { InitialWeights = InitialWeightsKind.Random };

    public static readonly int[] Percentages = [0, 1, 3, 5, 7, 9, ContaminationSplit.LargestPercentage];

    /// <summary>
    /// The plain objective and the robust one with the robustness that was fixed beforehand; then what was found with them: a plain input,
    /// standardization with median and range, and with it the robust objective over whole rows.
    /// </summary>
    public static readonly IReadOnlyList<Method> Methods =
    [
        new("VAE, defaults", Defaults),
        new("robust, b = 0.005", Defaults with { Robustness = ObjectiveMethods.Robustness }),
        new("plain input", Defaults with { InputNoise = 0, InputMasking = 0 }),
        new("median and range", Defaults with { Standardization = StandardizationMethod.MedianAndRange }),
        new("… and robust rows, b = 0.1", Defaults with
        {
            Standardization = StandardizationMethod.MedianAndRange,
            Robustness = 0.1,
            RobustnessForm = RobustnessForm.PerRow,
        }),
    ];

    /// <summary>
    /// The tables that the command line calls "table", with labels 0 and 1, "table:class", where the rows of one class are the anomalies,
    /// or "table:*", which is every class in turn.
    /// </summary>
    public static LabelledTable[] Tables(string folder, string name)
    {
        string[] parts = name.Split(':', 2);
        var table = LabelledTable.Read(Path.Combine(folder, parts[0] + ".csv"));
        if (parts.Length == 1) return [table];
        return parts[1] == "*" ? Array.ConvertAll(table.Classes, table.Against) : [table.Against(parts[1])];
    }

    public static Measurement Run(IReadOnlyList<LabelledTable> tables, VaeOptions options, int percentage, int seeds) =>
        new([
            .. from table in tables
               from seed in Enumerable.Range(0, seeds)
               select Area(table, options with { Seed = seed }, percentage),
        ]);

    private static double Area(LabelledTable table, VaeOptions options, int percentage)
    {
        var split = new ContaminationSplit(table, (uint)options.Seed);
        var rows = new MatrixRows(table.Layout, split.TrainingRows(percentage));
        var model = new ManagedTrainer().Train(rows, options, new TrainingContext { ThreadCount = 1 });
        var scores = new float[split.TestLabels.Length];
        model.Score(split.TestRows, scores);
        return AreaUnderCurve.Of(scores, split.TestLabels);
    }
}
