using System.Globalization;
using Vae.Data;
using Vae.Options;
using Vae.Samples;
using Vae.TorchSharp;
using Vae.Training;
using Vae.Training.Managed;

namespace Vae.Benchmarks.Torch;

/// <summary>
/// The validation losses that both trainers reach with the defaults, on the same held-out rows with the same noise, over five seeds.
/// </summary>
internal static class LossComparison
{
    private const int Seeds = 5;

    public static int Run(IReadOnlyList<string> folders)
    {
        string[] tables = [.. folders.SelectMany(folder => Directory.EnumerateFiles(folder, "*.csv")).Order(StringComparer.Ordinal)];
        if (tables.Length == 0)
        {
            Console.Error.WriteLine("There is no table: name folders with CSV files.");
            return 2;
        }

        foreach (string table in tables)
            Compare(LabelledTable.Read(table));
        return 0;
    }

    private static void Compare(LabelledTable table)
    {
        var rows = new MatrixRows(table.Layout, table.Values);
        Console.WriteLine($"{table.Name}: {rows.Count} rows, {rows.Layout.SlotCount} slots; best validation loss in nats per row");
        var losses = Enumerable.Range(0, Seeds).Select(seed =>
        {
            double managed = Loss(new ManagedTrainer(), rows, seed);
            double torch = Loss(new TorchTrainer(), rows, seed);
            Print($"seed {seed}", managed, torch);
            return (Managed: managed, Torch: torch);
        }).ToArray();
        Print("mean", losses.Average(loss => loss.Managed), losses.Average(loss => loss.Torch));
    }

    private static double Loss(IVaeTrainer trainer, MatrixRows rows, int seed)
    {
        var history = trainer.Train(rows, new VaeOptions { Seed = seed }).History;
        return history.Epochs[history.BestEpoch - 1].ValidationLoss;
    }

    private static void Print(string label, double managed, double torch)
    {
        double difference = (torch - managed) / Math.Abs(managed);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"  {label,-8}managed {managed,10:0.0000}   TorchSharp {torch,10:0.0000}   difference {difference,8:+0.00%;-0.00%}"));
    }
}
