using System.Diagnostics;
using Vae.Benchmarks.Reporting;
using Vae.Options;
using Vae.Training;
using Vae.Training.Managed;

namespace Vae.Benchmarks.Peers;

/// <summary>One epoch over tables that are generated row by row: time and peak memory by the number of rows.</summary>
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
        var results = millions.Select(million => Train(million, options)).ToList();
        var table = new ResultTable("rows", "seconds", "of which making rows", "seconds per million", "peak resident MB");
        foreach (var result in results)
        {
            table.Add(
                $"{result.MillionRows} million", $"{result.Seconds:0.0}", $"{result.GenerationSeconds:0.0}",
                $"{result.Seconds / result.MillionRows:0.000}", $"{result.PeakResidentMegabytes:0}");
        }

        output.Write("large", [.. table.Lines()], results);
        return 0;
    }

    private static LargeTableResult Train(int million, VaeOptions options)
    {
        Console.Error.WriteLine($"One epoch over {million} million rows …");
        var rows = new GeneratedRows(Slots, million * 1_000_000);
        long start = Stopwatch.GetTimestamp();
        new ManagedTrainer().Train(rows, options, new TrainingContext { MemoryBudget = MemoryBudget });
        return new LargeTableResult(million, Stopwatch.GetElapsedTime(start).TotalSeconds, rows.Time.TotalSeconds, PeakBytes() / 1e6);
    }

    private static long PeakBytes()
    {
        using var process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64;
    }
}
