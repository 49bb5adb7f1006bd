using BenchmarkDotNet.Attributes;
using Vae.Numerics.RandomNumbers;

namespace Vae.Benchmarks.Kernels;

/// <summary>Random numbers and shuffles.</summary>
public class CounterRandomBenchmarks : ICountsWork
{
    private float[] _numbers = [];
    private int[] _order = [];

    [Params(256, 65536)]
    public int Length { get; set; }

    public double Work => Length;

    [GlobalSetup]
    public void Setup()
    {
        _numbers = new float[Length];
        _order = [.. Enumerable.Range(0, Length)];
    }

    [Benchmark]
    public void Uniform() => CounterRandom.FillUniform(1, 2, 0, _numbers);

    [Benchmark]
    public void Normal() => CounterRandom.FillNormal(1, 2, 0, _numbers);

    [Benchmark]
    public void Shuffle() => CounterRandom.Shuffle(1, 2, _order);
}
