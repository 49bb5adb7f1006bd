using System.Diagnostics;
using Vae.Benchmarks.Reporting;
using Vae.Options;
using Vae.Training;
using Vae.Training.Managed;

namespace Vae.Benchmarks.Peers;

/// <summary>
/// One epoch over tables that are generated row by row: time and peak memory by the number of rows. The smallest is trained on from memory
/// too, last, because the peak is that of the process so far.
/// </summary>
internal static class LargeTable
{
    private const int Slots = 20;
    private const long MemoryBudget = 256L << 20;

    /// <param name="millions">The numbers of rows.</param>
    /// <param name="output">Where the results go.</param>
    public static int Run(IEnumerable<int> millions, ResultOutput output)
    {
        var options = new VaeOptions
        {
            LatentDimension = 4,
            HiddenLayers = [32, 16],
            BatchSize = 1024,
            Epochs = 1,
            ValidationFraction = 0,
            RegularizerSchedule = Vae.Options.WeightSchedule.Constant(),
        };
        int[] sizes = [.. millions];
        var results = sizes.Select(million => Train(million, MemoryBudget, options)).ToList();
        results.Add(Train(sizes.Min(), long.MaxValue, options));
        var table = new ResultTable(
            "rows", "seconds", "of which making rows", "seconds per million", "processor seconds per million", "peak resident MB");
        foreach (var result in results)
        {
            table.Add(
                $"{result.MillionRows} million{(result.InMemory ? ", in memory" : "")}", $"{result.Seconds:0.0}",
                $"{result.GenerationSeconds:0.0}", $"{result.Seconds / result.MillionRows:0.000}",
                $"{result.ProcessorSeconds / result.MillionRows:0.000}", $"{result.PeakResidentMegabytes:0}");
        }

        output.Write("large", [.. table.Lines()], results);
        return 0;
    }

    private static LargeTableResult Train(int million, long memoryBudget, VaeOptions options)
    {
        Console.Error.WriteLine($"One epoch over {million} million rows …");
        using var process = Process.GetCurrentProcess();
        var processor = process.TotalProcessorTime;
        var rows = new GeneratedRows(Slots, million * 1_000_000);
        long start = Stopwatch.GetTimestamp();
        new ManagedTrainer().Train(rows, options, new TrainingContext { MemoryBudget = memoryBudget });
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        process.Refresh();
        return new LargeTableResult(
            million, memoryBudget > MemoryBudget, seconds, rows.Time.TotalSeconds, (process.TotalProcessorTime - processor).TotalSeconds,
            process.PeakWorkingSet64 / 1e6);
    }
}
