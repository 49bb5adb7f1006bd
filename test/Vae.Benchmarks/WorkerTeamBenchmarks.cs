using BenchmarkDotNet.Attributes;
using Vae.Numerics.Threads;

namespace Vae.Benchmarks;

/// <summary>What it costs to share a task among threads.</summary>
public class WorkerTeamBenchmarks : IDisposable
{
    private readonly Action<int> _piece = static _ => { };
    private ParallelLoop? _team;

    [Params(1, 2)]
    public int Threads { get; set; }

    [GlobalSetup]
    public void Setup() => _team = new ParallelLoop(Threads);

    [GlobalCleanup]
    public void Dispose()
    {
        _team?.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark]
    public void EmptyTask() => _team!.Run(_piece, Threads);
}
