using Vae.Samples;

namespace Vae.Evaluation.Data;

/// <summary>One division of a table into training rows and held-out rows, with their labels.</summary>
internal sealed record Fold(LabelledTable Table, float[] TrainingRows, int[] TrainingLabels, float[] HeldOutRows, int[] HeldOutLabels)
{
    /// <summary>All folds of a table.</summary>
    public static IEnumerable<Fold> Of(LabelledTable table, int folds)
    {
        int[] assigned = StratifiedFolds.Assign(table.Labels, folds, 0);
        for (int fold = 0; fold < folds; fold++)
        {
            int[] training = [.. Enumerable.Range(0, table.Count).Where(row => assigned[row] != fold)];
            int[] heldOut = [.. Enumerable.Range(0, table.Count).Where(row => assigned[row] == fold)];
            yield return new Fold(table, table.Take(training), table.TakeLabels(training), table.Take(heldOut), table.TakeLabels(heldOut));
        }
    }
}
