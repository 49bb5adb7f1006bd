using BenchmarkDotNet.Attributes;
using Vae.Numerics;

namespace Vae.Benchmarks;

/// <summary>What it costs to share a task among threads.</summary>
public class WorkerTeamBenchmarks : IDisposable
{
    private readonly Action<int> _piece = static _ => { };
    private WorkerTeam? _team;

    [Params(1, 2)]
    public int Threads { get; set; }

    [GlobalSetup]
    public void Setup() => _team = new WorkerTeam(Threads);

    [GlobalCleanup]
    public void Dispose()
    {
        _team?.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark]
    public void EmptyTask() => _team!.Run(_piece, Threads);
}
