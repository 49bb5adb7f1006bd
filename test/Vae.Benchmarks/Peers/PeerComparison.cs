using Vae.Benchmarks.Kernels;
using Vae.Benchmarks.Reporting;

namespace Vae.Benchmarks.Peers;

/// <summary>
/// Training steps of the managed trainer, of other libraries and, as the limit, of registers alone, on the same machine, in turn, over
/// several rounds: medians, ratios, operations per second. Another library has the best of its thread settings.
/// </summary>
internal static class PeerComparison
{
    private const int Rounds = 5;
    private const double Seconds = 0.5;
    private const double PeakSeconds = 0.2;

    /// <param name="peers">The other libraries.</param>
    /// <param name="output">Where the results go.</param>
    public static int Run(IReadOnlyList<Peer> peers, ResultOutput output)
    {
        List<TrainingResult> results = [];
        foreach (var size in NetworkSize.All)
        {
            Console.Error.WriteLine($"Training {size} ({Rounds} rounds) …");
            results.Add(Compare(size, peers));
        }

        output.Write("training", [.. Steps(results, peers), "", .. Rates(results)], results);
        return 0;
    }

    private static TrainingResult Compare(NetworkSize size, IReadOnlyList<Peer> peers)
    {
        using var one = new ManagedStep(size, 1);
        using var two = new ManagedStep(size, 2);
        var runs = peers.Select(peer => new PeerRun(peer, size.Arguments)).ToArray();
        List<double> oneTimes = [], twoTimes = [], onePeaks = [], twoPeaks = [];
        for (int round = 0; round <= Rounds; round++)
        {
            // The first round is there to warm up.
            Keep(round, onePeaks, RegisterPeak.Measure(1, PeakSeconds));
            Keep(round, twoPeaks, RegisterPeak.Measure(2, PeakSeconds));
            Keep(round, oneTimes, one.Measure(Seconds));
            Keep(round, twoTimes, two.Measure(Seconds));
            foreach (var run in runs)
                run.Measure(Seconds, (times, time) => Keep(round, times, time));
        }

        foreach (var run in runs)
            run.Dispose();
        double managed = Math.Min(Median.Of(oneTimes), Median.Of(twoTimes));
        return new TrainingResult(
            size.ToString(), size.OperationsPerStep, Median.Of(oneTimes), Median.Of(twoTimes), Median.Of(onePeaks), Median.Of(twoPeaks),
            Math.Max(one.BytesPerStep, two.BytesPerStep), [.. runs.Select(run => run.Result(managed))]);
    }

    private static void Keep(int round, List<double> values, double value)
    {
        if (round > 0) values.Add(value);
    }

    private static IEnumerable<string> Steps(List<TrainingResult> results, IReadOnlyList<Peer> peers)
    {
        var table = new ResultTable([
            "µs per step", "1 thread", "2 threads", .. peers.SelectMany(peer => new[] { peer.Name, "threads", "ratio" })]);
        foreach (var result in results)
        {
            table.Add([
                $"{result.Network}", $"{result.OneThread:N1}", $"{result.TwoThreads:N1}",
                .. result.Peers.SelectMany(peer => peer.Cells())]);
        }

        var notRun = results.SelectMany(result => result.Peers)
            .Where(peer => peer.NotRun is not null)
            .Select(peer => $"{peer.Name} {peer.NotRun}")
            .Distinct();
        return [.. table.Lines(), .. notRun.SelectMany(words => new[] { "", words })];
    }

    private static IEnumerable<string> Rates(List<TrainingResult> results)
    {
        var table = new ResultTable("GFLOP/s", "1 thread", "peak", "share", "2 threads", "peak", "share", "second core", "bytes per step");
        foreach (var result in results)
        {
            table.Add(
                $"{result.Network}",
                $"{result.OneThreadRate:0.0}", $"{result.OnePeak:0.0}", $"{result.OneThreadShare:0%}",
                $"{result.TwoThreadsRate:0.0}", $"{result.TwoPeak:0.0}", $"{result.TwoThreadsShare:0%}",
                $"{result.SecondCore:0.00}", $"{result.BytesPerStep:0.0}");
        }

        return table.Lines();
    }
}
