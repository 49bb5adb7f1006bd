using System.Globalization;
using Vae.Data;
using Vae.Inference;
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

    /// <summary>Writes FOLDER/TABLE.METHOD.kDIMENSION.csv: fold, seed, held out or not, then the coordinates; rows in table order.</summary>
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

                scales.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{fold},{seed},{model.History.Epochs.Count},{model.Diagnosis.KullbackLeibler},{Text(Scales(model, training))}"));
            }
        }
    }

    private static float[] Scales(VaeModel model, float[] training)
    {
        int k = model.LatentDimension;
        int count = training.Length / model.Layout.RowWidth;
        var means = new float[count * k];
        model.Encode(training, means);
        var decoder = new RowDecoder(model.Layout, model.Options, model.Standardization, model.Parameters);
        int width = model.Layout.SlotCount;
        var plus = new float[count * width];
        var minus = new float[count * width];
        var scales = new float[k];
        const float H = 0.01f;
        for (int d = 0; d < k; d++)
        {
            var moved = (float[])means.Clone();
            for (int row = 0; row < count; row++)
                moved[row * k + d] += H;
            decoder.Expect(moved, default, count, plus);
            for (int row = 0; row < count; row++)
                moved[row * k + d] -= 2 * H;
            decoder.Expect(moved, default, count, minus);
            double sum = 0;
            for (int i = 0; i < plus.Length; i++)
            {
                double slope = (plus[i] - minus[i]) / (2 * H);
                sum += slope * slope;
            }

            scales[d] = (float)Math.Sqrt(sum / count);
        }

        return scales;
    }

    private static string Text(ReadOnlySpan<float> values)
    {
        var cells = new string[values.Length];
        for (int i = 0; i < cells.Length; i++)
            cells[i] = values[i].ToString("G7", CultureInfo.InvariantCulture);
        return string.Join(",", cells);
    }
}
