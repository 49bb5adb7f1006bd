using System.Diagnostics;
using System.Globalization;
using Vae.Training;

namespace Vae.Benchmarks.Peers;

/// <summary>One epoch over tables that are generated row by row: time and peak memory by the number of rows.</summary>
internal static class LargeTable
{
    private const int Slots = 20;

    public static int Run(IEnumerable<int> millions)
    {
        var options = new VaeOptions
        {
            LatentDimension = 4,
            HiddenLayers = [32, 16],
            BatchSize = 1024,
            Epochs = 1,
            ValidationFraction = 0,
            RegularizerSchedule = Objectives.WeightSchedule.Constant(),
        };
        foreach (int million in millions)
        {
            long start = Stopwatch.GetTimestamp();
            new ManagedTrainer().Train(new GeneratedRows(Slots, million * 1_000_000), options, new TrainingContext { MemoryBudget = 256L << 20 });
            double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{million,4} million rows: {seconds,7:0.0} s, {seconds / million,6:0.000} s per million, peak resident memory {PeakBytes() / 1e6:0} MB"));
        }

        return 0;
    }

    private static long PeakBytes()
    {
        using var process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64;
    }
}
