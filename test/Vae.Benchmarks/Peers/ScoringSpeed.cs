using System.Diagnostics;
using Vae.Benchmarks.Reporting;
using Vae.Data;
using Vae.Training.Managed;

namespace Vae.Benchmarks.Peers;

/// <summary>Rows per second of <see cref="VaeModel.Encode"/> on one core, for the smallest network.</summary>
internal static class ScoringSpeed
{
    private const int Rows = 100_000;
    private const int WarmUps = 5;
    private const int Rounds = 50;

    public static int Run(ResultOutput output)
    {
        var size = NetworkSize.All[0];
        var random = new Random(1);
        var values = new float[Rows * size.Slots];
        for (int i = 0; i < values.Length; i++)
            values[i] = random.NextSingle();
        var model = new ManagedTrainer().Train(new MatrixRows(FeatureLayout.Numeric(size.Slots), values), size.Options with { Epochs = 1 });
        var means = new float[Rows * size.Latent];
        var logVariances = new float[Rows * size.Latent];
        var rates = new List<double>(Rounds);
        long allocated = 0;
        for (int round = 0; round < WarmUps + Rounds; round++)
        {
            long before = GC.GetTotalAllocatedBytes(precise: true);
            long start = Stopwatch.GetTimestamp();
            model.Encode(values, means, logVariances);
            double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            if (round < WarmUps) continue;
            rates.Add(Rows / seconds);
            allocated += GC.GetTotalAllocatedBytes(precise: true) - before;
        }

        double rate = Median.Of(rates) / 1e6;
        double bytes = (double)allocated / Rounds / Rows;
        var table = new ResultTable("VaeModel.Encode, one core", "million rows per second", "bytes per row");
        table.Add($"{size.ToString()}", $"{rate:0.0}", $"{bytes:0.000}");
        output.Write("scoring", [.. table.Lines()], new { Network = size.ToString(), MillionRowsPerSecond = rate, BytesPerRow = bytes });
        return 0;
    }
}
