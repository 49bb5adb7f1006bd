using BenchmarkDotNet.Attributes;
using Vae.Numerics.Threads;

namespace Vae.Benchmarks.Kernels;

/// <summary>What it costs to share a loop among threads.</summary>
public class ParallelLoopBenchmarks : IDisposable
{
    private readonly Action<int> _body = static _ => { };
    private ParallelLoop? _loop;

    [Params(1, 2)]
    public int Threads { get; set; }

    [GlobalSetup]
    public void Setup() => _loop = new ParallelLoop(Threads);

    [GlobalCleanup]
    public void Dispose()
    {
        _loop?.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark]
    public void EmptyLoop() => _loop!.Run(_body, Threads);
}
