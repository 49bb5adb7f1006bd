using System.Diagnostics;
using System.Globalization;
using Vae.Features;
using Vae.Training;

namespace Vae.Benchmarks.Peers;

/// <summary>Rows per second of <see cref="VaeModel.Encode"/> on one core, for the smallest network.</summary>
internal static class ScoringSpeed
{
    private const int Rows = 100_000;
    private const int Rounds = 50;

    public static int Run()
    {
        var size = NetworkSize.All[0];
        var random = new Random(1);
        var values = new float[Rows * size.Slots];
        for (int i = 0; i < values.Length; i++)
            values[i] = random.NextSingle();
        var model = new ManagedTrainer().Train(new MatrixRows(FeatureLayout.Numeric(size.Slots), values), size.Options with { Epochs = 1 });
        var means = new float[Rows * size.Latent];
        var logVariances = new float[Rows * size.Latent];
        var rates = new double[Rounds];
        long allocated = 0;
        for (int round = -5; round < Rounds; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            long start = Stopwatch.GetTimestamp();
            model.Encode(values, means, logVariances);
            double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            if (round < 0) continue;
            rates[round] = Rows / seconds;
            allocated += GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Array.Sort(rates);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"Encode, {size}: {rates[Rounds / 2] / 1e6:0.0} million rows/s (median), {rates[^1] / 1e6:0.0} (fastest), {(double)allocated / Rounds / Rows:0.000} bytes per row"));
        return 0;
    }
}
