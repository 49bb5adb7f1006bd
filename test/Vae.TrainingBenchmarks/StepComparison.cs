using System.Globalization;
using TorchSharp;
using Vae.Benchmarks.Peers;
using Vae.Features;
using Vae.TorchSharp;
using Vae.Training;

namespace Vae.TrainingBenchmarks;

/// <summary>
/// Rows per second of both trainers: forward pass, backward pass and optimizer step on standardized numeric rows. Each trainer gets the better of one thread
/// and one thread per processor; the rounds of all of them take turns.
/// </summary>
internal static class StepComparison
{
    private const int Rounds = 7;
    private const int BatchesInBlock = 32;

    private static readonly TimeSpan RoundTime = TimeSpan.FromSeconds(0.5);

    public static int Run()
    {
        Console.WriteLine($"{"network",-34}{"managed",14}{"TorchSharp",14}{"ratio",9}   (rows per second, medians of {Rounds} rounds, best thread counts)");
        foreach (var size in NetworkSize.All)
        {
            var (managed, torch) = Measure(size);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{size,-34}{managed.Rate,14:N0}{torch.Rate,14:N0}{managed.Rate / torch.Rate,9:0.0}   ({managed.Name}; {torch.Name})"));
        }

        return 0;
    }

    private static (StepTimer Managed, StepTimer Torch) Measure(NetworkSize size)
    {
        var options = size.Options;
        using var session = TrainingSession.Begin(Rows(size), options, new TrainingContext());
        var table = session.Table;
        table.BeginEpoch(0);
        var block = table.NextBlock()!;
        int[] threadCounts = [.. new[] { 1, Environment.ProcessorCount }.Distinct()];
        var managed = threadCounts.Select(threads => new ManagedEngine(
            table.Layout, options, session.Parameters.Clone(), size.Batch, table.MayMiss, table.TrainingRows, threads)).ToArray();
        using var torchEngine = new TorchEngine(options, table.Layout, session.Parameters, table.BlockCapacity, table.MayMiss, table.TrainingRows, torch.CPU);
        var managedTimers = managed.Select((engine, i) => new StepTimer($"{threadCounts[i]} threads", engine, block, size.Batch)).ToArray();
        var torchTimers = threadCounts.Select(threads => (Threads: threads, Timer: new StepTimer($"{threads} threads", torchEngine, block, size.Batch))).ToArray();
        for (int round = 0; round <= Rounds; round++)
        {
            foreach (var timer in managedTimers)
                timer.Round(RoundTime, isWarmUp: round == 0);
            foreach (var (threads, timer) in torchTimers)
            {
                using var surroundings = new TorchSurroundings(threads);
                timer.Round(RoundTime, isWarmUp: round == 0);
            }
        }

        foreach (var engine in managed)
            engine.Dispose();
        return (managedTimers.MaxBy(timer => timer.Rate)!, torchTimers.Select(entry => entry.Timer).MaxBy(timer => timer.Rate)!);
    }

    private static MatrixRows Rows(NetworkSize size)
    {
        var random = new Random(1);
        var values = new float[BatchesInBlock * size.Batch * size.Slots];
        for (int i = 0; i < values.Length; i++)
            values[i] = (float)(random.NextDouble() + random.NextDouble() + random.NextDouble());
        return new MatrixRows(FeatureLayout.Numeric(size.Slots), values);
    }
}
