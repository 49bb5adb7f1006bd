using System.Globalization;
using System.Text.Json;

namespace Vae.Benchmarks.Peers;

/// <summary>
/// Training steps of the managed trainer and of PyTorch on the same machine, in turn, over several rounds: medians, ratios, operations per second.
/// PyTorch gets the best of one and two torch threads with one and two BLAS threads.
/// </summary>
internal static class PeerComparison
{
    private const int Rounds = 3;
    private const double Seconds = 1;

    private static readonly (int Torch, int Blas)[] Settings = [(1, 1), (1, 2), (2, 1), (2, 2)];

    public static int Run(string? jsonPath)
    {
        string? python = PyTorchStep.FindPython();
        if (python is null) Console.WriteLine("No Python with PyTorch here: the managed trainer alone.");
        Console.WriteLine($"{"network",-32}{"1 thread",12}{"2 threads",12}{"speed-up",10}{"GFLOP/s",10}{"PyTorch",12}{"ratio",8}{"bytes/step",12}   (µs per step, medians of {Rounds} rounds)");
        var rows = NetworkSize.All.Select(size => Compare(size, python)).ToList();
        if (jsonPath is not null) File.WriteAllText(jsonPath, JsonSerializer.Serialize(rows));
        return 0;
    }

    private static Comparison Compare(NetworkSize size, string? python)
    {
        using var one = new ManagedStep(size, 1);
        using var two = new ManagedStep(size, 2);
        var managedOne = new List<double>();
        var managedTwo = new List<double>();
        var torch = Settings.Select(_ => new List<double>()).ToArray();
        for (int round = 0; round < Rounds; round++)
        {
            managedOne.Add(one.Measure(Seconds));
            managedTwo.Add(two.Measure(Seconds));
            for (int setting = 0; python is not null && setting < Settings.Length; setting++)
                torch[setting].Add(PyTorchStep.Measure(python, size, Settings[setting].Torch, Settings[setting].Blas, Seconds));
        }

        double best = Math.Min(Median(managedOne), Median(managedTwo));
        double? peer = python is null ? null : torch.Min(Median);
        var row = new Comparison(
            size.ToString(), Median(managedOne), Median(managedTwo), peer, peer / best, size.OperationsPerStep / best / 1000, Math.Max(one.BytesPerStep, two.BytesPerStep));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{row.Network,-32}{row.OneThread,12:N1}{row.TwoThreads,12:N1}{row.OneThread / row.TwoThreads,10:0.00}{row.Gigaflops,10:0.0}{row.PyTorch,12:N1}{row.Ratio,8:0.0}{row.BytesPerStep,12:0.0}"));
        return row;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private sealed record Comparison(
        string Network, double OneThread, double TwoThreads, double? PyTorch, double? Ratio, double Gigaflops, double BytesPerStep);
}
