using System.Diagnostics;
using Vae.Benchmarks.Kernels;
using Vae.Benchmarks.Reporting;
using Vae.Data;
using Vae.Training;
using Vae.Training.Managed;

namespace Vae.Benchmarks.Peers;

/// <summary>What a row costs in <see cref="VaeModel.Encode"/> on one core: in a batch of all rows, and alone.</summary>
internal static class ScoringSpeed
{
    private const int Rows = 20_000;
    private const int WarmUps = 5;
    private const int Rounds = 30;
    private const double PeakSeconds = 0.05;

    public static int Run(ResultOutput output)
    {
        var results = ScoredNetwork.All.Select(Measure).ToList();
        var table = new ResultTable(
            "VaeModel.Encode, one core",
            "µs per row of a batch",
            "share of the peak",
            "µs per row alone",
            "alone to batch",
            "bytes per row");
        foreach (var result in results)
        {
            table.Add(
                $"{result.Network}", $"{result.Batch:0.000}", $"{result.Share:P0}", $"{result.Alone:0.000}",
                $"{result.Alone / result.Batch:0.0}", $"{result.Bytes:0.000}");
        }

        output.Write("scoring", [.. table.Lines()], results);
        return 0;
    }

    private static ScoringResult Measure(ScoredNetwork network)
    {
        float[] values = network.Rows(Rows);
        var model = new ManagedTrainer().Train(
            new MatrixRows(FeatureLayout.Numeric(network.Slots), values), network.Options, new TrainingContext { ThreadCount = 1 });
        var means = new float[Rows * model.LatentDimension];
        var logVariances = new float[means.Length];
        var batch = new List<double>(Rounds);
        var alone = new List<double>(Rounds);
        var peaks = new List<double>(Rounds);
        long allocated = 0;
        for (int round = 0; round < WarmUps + Rounds; round++)
        {
            long before = GC.GetTotalAllocatedBytes(precise: true);
            double batchTime = MicrosecondsPerRow(() => model.Encode(values, means, logVariances));
            double aloneTime = MicrosecondsPerRow(() => EncodeAlone(model, values, means, logVariances));
            long bytes = GC.GetTotalAllocatedBytes(precise: true) - before;
            double peak = RegisterPeak.Measure(1, PeakSeconds);
            if (round < WarmUps) continue;
            batch.Add(batchTime);
            alone.Add(aloneTime);
            peaks.Add(peak);
            allocated += bytes;
        }

        double share = network.OperationsPerRow / (1e3 * Median.Of(batch)) / Median.Of(peaks);
        return new ScoringResult(
            network.ToString(), Median.Of(batch), share, Median.Of(alone), (double)allocated / Rounds / (2 * Rows));
    }

    private static double MicrosecondsPerRow(Action encode)
    {
        long start = Stopwatch.GetTimestamp();
        encode();
        return Stopwatch.GetElapsedTime(start).TotalMicroseconds / Rows;
    }

    private static void EncodeAlone(VaeModel model, float[] values, float[] means, float[] logVariances)
    {
        int slots = model.Layout.RowWidth;
        int latents = model.LatentDimension;
        for (int row = 0; row < Rows; row++)
        {
            model.Encode(
                values.AsSpan(row * slots, slots), means.AsSpan(row * latents, latents), logVariances.AsSpan(row * latents, latents));
        }
    }
}

/// <summary>What scoring with a network costs.</summary>
/// <param name="Network">The network.</param>
/// <param name="Batch">Microseconds per row of a batch.</param>
/// <param name="Share">The part of the core's peak that a batch reaches.</param>
/// <param name="Alone">Microseconds per row that is encoded alone.</param>
/// <param name="Bytes">The bytes that are allocated per row.</param>
internal sealed record ScoringResult(string Network, double Batch, double Share, double Alone, double Bytes);
