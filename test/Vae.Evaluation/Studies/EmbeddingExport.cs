using System.Globalization;
using Vae.Data;
using Vae.Samples;
using Vae.Training;
using Vae.Training.Managed;
using StratifiedFolds = Vae.Evaluation.Data.StratifiedFolds;

namespace Vae.Evaluation.Studies;

/// <summary>
/// Trains a method on the training part of every fold, with several seeds, and writes where every row of the table then lies, for programs
/// that compare embeddings with others.
/// </summary>
internal static class EmbeddingExport
{
    private const int Folds = 5;

    /// <summary>
    /// Writes FOLDER/TABLE.METHOD.kDIMENSION.csv: fold, seed, 1 if held out, then μ, for all rows in table order; and beside it a file
    /// .scales: fold, seed, then the factors of <see cref="VaeModel.LatentAxes"/>.
    /// </summary>
    public static void Run(LabelledTable table, Method method, int dimension, int seeds, string folder)
    {
        int[] assigned = StratifiedFolds.Assign(table.Labels, Folds, 0);
        using var writer = new StreamWriter(Path.Combine(folder, $"{table.Name}.{method.Name}.k{dimension}.csv"));
        using var scales = new StreamWriter(Path.Combine(folder, $"{table.Name}.{method.Name}.k{dimension}.scales"));
        for (int fold = 0; fold < Folds; fold++)
        {
            float[] training = table.Take(Enumerable.Range(0, table.Count).Where(row => assigned[row] != fold));
            for (int seed = 1; seed <= seeds; seed++)
            {
                var model = new ManagedTrainer().Train(
                    new MatrixRows(table.Layout, training),
                    method.Options! with { LatentDimension = dimension, Seed = seed },
                    new TrainingContext { ThreadCount = 1 });
                var means = new float[table.Count * dimension];
                model.Encode(table.Values, means);
                for (int row = 0; row < table.Count; row++)
                {
                    string held = assigned[row] == fold ? "1" : "0";
                    writer.WriteLine($"{fold},{seed},{held},{Text(means.AsSpan(row * dimension, dimension))}");
                }

                float[] factors = [.. model.LatentAxes.Select(axis => (float)axis.Factor)];
                scales.WriteLine($"{fold},{seed},{Text(factors)}");
            }
        }
    }

    private static string Text(ReadOnlySpan<float> values)
    {
        var cells = new string[values.Length];
        for (int i = 0; i < cells.Length; i++)
            cells[i] = values[i].ToString("G7", CultureInfo.InvariantCulture);
        return string.Join(",", cells);
    }
}
