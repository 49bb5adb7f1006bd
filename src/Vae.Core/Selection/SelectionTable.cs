using System.Globalization;
using System.Text;
using Vae.Options;

namespace Vae.Selection;

/// <summary>A <see cref="SelectionResult"/> as text: a column for each choice in which the candidates differ.</summary>
internal static class SelectionTable
{
    private static readonly (string Name, Func<VaeOptions, string> Value)[] Choices =
    [
        ("k", options => Invariant($"{options.LatentDimension}")),
        ("β", options => Beta(options.Regularizer)),
        ("noise scale", options => Noise(options.NoiseScale)),
        ("hidden layers", options => string.Join(", ", options.HiddenLayers)),
    ];

    /// <summary>A table, and a sentence about what is recommended.</summary>
    public static string Format(SelectionResult result)
    {
        var text = new StringBuilder();
        var rows = Rows(result);
        int[] widths = [.. Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length))];
        foreach (string[] row in rows)
        {
            var cells = row.Select((cell, column) => column == row.Length - 1 ? cell : cell.PadLeft(widths[column]));
            text.AppendLine(string.Join("  ", cells).TrimEnd());
        }

        return text.Append(Sentence(result)).ToString();
    }

    private static List<string[]> Rows(SelectionResult result)
    {
        var options = result.Candidates.Select(candidate => candidate.Options).ToArray();
        var choices = Choices.Where((choice, i) => i == 0 || options.Select(choice.Value).Distinct().Count() > 1).ToArray();
        string[] metric = result.IsByMetric ? ["metric"] : [];
        string[] head =
        [
            "", .. choices.Select(choice => choice.Name), "weights",
            .. metric, "log p(x), original units", "log p(x), standardized", "folds", "",
        ];
        var rows = new List<string[]> { head };
        for (int i = 0; i < options.Length; i++)
        {
            var candidate = result.Candidates[i];
            string[] value = result.IsByMetric ? [Describe(candidate.Metric)] : [];
            rows.Add(
            [
                (i == result.RecommendedIndex ? "* " : "  ") + Invariant($"{i + 1}"),
                .. choices.Select(choice => choice.Value(options[i])), Invariant($"{candidate.Weights:N0}"),
                .. value, Describe(candidate.LogLikelihood), Describe(candidate.StandardizedLogLikelihood),
                Invariant($"{candidate.Folds.Count}"), Remark(candidate),
            ]);
        }

        return rows;
    }

    private static string Sentence(SelectionResult result)
    {
        string measure = result.IsByMetric ? "metric" : "log p(x)";
        string why = result.RecommendedIndex == result.BestIndex
            ? $"the highest {measure}, and no smaller one is within its standard error"
            : Invariant($"the smallest within one standard error of the highest {measure} (candidate {result.BestIndex + 1})");
        string what = Invariant($"* Recommended: k = {result.Recommended.Options.LatentDimension}, {why}.");
        string how = Invariant($"  Means ± standard errors over {result.Folds} folds of {result.Rows} rows; ");
        return what + Environment.NewLine + how + "log p(x) in nats per held-out row.";
    }

    private static string Describe(MeanAndError value)
    {
        if (double.IsNaN(value.Mean)) return "–";
        string error = double.IsNaN(value.StandardError) ? "" : Invariant($" ± {value.StandardError:0.000}");
        return Invariant($"{value.Mean:0.000}") + error;
    }

    private static string Remark(CandidateResult candidate) => candidate.Outcome switch
    {
        CandidateOutcome.Abandoned => "abandoned",
        CandidateOutcome.Failed => $"failed: {candidate.Failure}",
        _ => "",
    };

    private static string Beta(RegularizerOptions regularizer) => regularizer switch
    {
        KullbackLeiblerOptions options => Invariant($"{options.Beta}"),
        TotalCorrelationOptions options => Invariant($"TC {options.Beta}"),
        InfoVaeOptions options => Invariant($"InfoVAE {options.Alpha}, {options.Lambda}"),
        _ => regularizer.GetType().Name,
    };

    private static string Noise(NoiseScaleOptions noiseScale) => noiseScale switch
    {
        FixedNoiseScale options => Invariant($"fixed {options.Scale}"),
        LearnedNoiseScale { PerSlot: true } => "learned per slot",
        LearnedNoiseScale => "learned",
        _ => "computed",
    };

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
