using System.Diagnostics;
using Vae.Data;
using Vae.Options;
using Vae.Training;
using Vae.Training.Managed;

namespace Vae.Evaluation.Studies;

/// <summary>
/// How the ELBO of held-out rows depends on the number of training rows: the same rows are held out whatever the number, and each training
/// has a stratified sample of the others.
/// </summary>
internal static class LearningCurveStudy
{
    private const double HeldOut = 0.1;

    /// <summary>The numbers of training rows, unless others are asked for.</summary>
    public static int[] RowCounts { get; } = [500, 1_000, 2_000, 4_000, 8_000, 16_000, 29_000, 60_000, 100_000];

    /// <summary>
    /// The mean ELBO of the held-out rows in nats per row, estimated with one draw of z for each, and the processor time of the training.
    /// </summary>
    public static (double Elbo, TimeSpan Time) Run(MatrixRows table, int[] strata, int count, int seed)
    {
        var random = new Random(seed);
        int[] order = Stratified(strata, random);
        float[] rows = ValuesOf(table);
        float[] heldOut = Take(rows, table.Layout.RowWidth, order.AsSpan(0, HeldOutRows(order.Length)));
        var sample = new MatrixRows(table.Layout, Take(rows, table.Layout.RowWidth, order.AsSpan(HeldOutRows(order.Length), count)));
        var options = new VaeOptions { InitialWeights = InitialWeightsKind.Random, Seed = seed };
        using var process = Process.GetCurrentProcess();
        var before = process.TotalProcessorTime;
        var model = new ManagedTrainer().Train(sample, options, new TrainingContext { ThreadCount = 1 });
        process.Refresh();
        var time = process.TotalProcessorTime - before;
        double[] bounds = new double[HeldOutRows(order.Length)];
        model.LogLikelihood(heldOut, bounds, samples: 1, random);
        return (bounds.Average(), time);
    }

    /// <summary>The rows that are left to train on.</summary>
    public static int LargestCount(int rows) => rows - HeldOutRows(rows);

    private static int HeldOutRows(int rows) => (int)(rows * HeldOut);

    /// <summary>All rows in an order of which every part has about the same share of each stratum.</summary>
    private static int[] Stratified(int[] strata, Random random) =>
    [
        .. Enumerable.Range(0, strata.Length).GroupBy(row => strata[row]).SelectMany(stratum =>
        {
            int[] rows = [.. stratum];
            random.Shuffle(rows);
            double offset = random.NextDouble();
            return rows.Select((row, rank) => (Row: row, Place: (rank + offset) / rows.Length));
        }).OrderBy(item => item.Place).Select(item => item.Row),
    ];

    private static float[] ValuesOf(MatrixRows table)
    {
        float[] values = new float[table.Count * table.Layout.RowWidth];
        using var reader = table.Open();
        reader.Read(values, []);
        return values;
    }

    private static float[] Take(float[] values, int width, ReadOnlySpan<int> rows)
    {
        float[] taken = new float[rows.Length * width];
        for (int i = 0; i < rows.Length; i++)
            values.AsSpan(rows[i] * width, width).CopyTo(taken.AsSpan(i * width));
        return taken;
    }
}
