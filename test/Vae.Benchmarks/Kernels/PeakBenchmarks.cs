using BenchmarkDotNet.Attributes;

namespace Vae.Benchmarks.Kernels;

/// <summary>The most floating-point operations that one core can do: <see cref="RegisterPeak"/>.</summary>
public class PeakBenchmarks : ICountsWork
{
    public double Work => RegisterPeak.Operations(Steps);

    /// <summary>How often the registers are updated.</summary>
    [Params(10_000)]
    public int Steps { get; set; }

    [Benchmark]
    public float MultiplyAdd() => RegisterPeak.Run(Steps);
}
