using Vae.Evaluation.Data;
using Vae.Evaluation.Metrics;
using Vae.Features;
using Vae.Training;

namespace Vae.Evaluation.Studies;

/// <summary>
/// The area under the ROC curve of a model's score on test rows, after training on rows some of which are anomalies. Labels only split the rows and
/// measure the result: no option, epoch or model is chosen by them, and the model's standardization knows its training rows alone.
/// </summary>
internal static class ContaminationStudy
{
    private static readonly VaeOptions Defaults = new();

    public static readonly int[] Percentages = [0, 1, 3, 5, 7, 9, ContaminationSplit.LargestPercentage];

    /// <summary>
    /// The plain objective and the robust one with the robustness that was fixed beforehand; then, to show what the choice of it does and what the corruption of the
    /// input costs, two larger values and a plain input.
    /// </summary>
    public static readonly IReadOnlyList<Method> Methods =
    [
        new("VAE, defaults", Defaults),
        new("robust, b = 0.005", Defaults with { Robustness = ObjectiveMethods.Robustness }),
        new("b = 0.05", Defaults with { Robustness = 0.05 }),
        new("b = 0.2", Defaults with { Robustness = 0.2 }),
        new("plain input", Defaults with { InputNoise = 0, InputMasking = 0 }),
    ];

    public static Measurement Run(Dataset table, VaeOptions options, int percentage, int seeds) => new([.. Enumerable.Range(0, seeds).Select(seed =>
    {
        var split = new ContaminationSplit(table, (uint)seed);
        var rows = new MatrixRows(table.Layout, split.TrainingRows(percentage));
        var model = new ManagedTrainer().Train(rows, options with { Seed = seed }, new TrainingContext { ThreadCount = 1 });
        float[] test = split.TestRows;
        var scores = new float[split.TestLabels.Length];
        model.Score(test, scores);
        return AreaUnderCurve.Of(scores, split.TestLabels);
    })]);
}
