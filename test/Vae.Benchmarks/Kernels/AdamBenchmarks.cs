using BenchmarkDotNet.Attributes;
using Vae.Numerics.Elementwise;
using Vae.Numerics.RandomNumbers;

namespace Vae.Benchmarks.Kernels;

/// <summary>A step of Adam; the work is counted in weights.</summary>
public class AdamBenchmarks : ICountsWork
{
    private float[] _weights = [];
    private float[] _gradients = [];
    private float[] _firstMoments = [];
    private float[] _secondMoments = [];

    [Params(1024, 65536, 1 << 20)]
    public int Length { get; set; }

    public double Work => Length;

    [GlobalSetup]
    public void Setup()
    {
        _weights = new float[Length];
        _gradients = new float[Length];
        _firstMoments = new float[Length];
        _secondMoments = new float[Length];
        CounterRandom.FillNormal(1, 1, 0, _gradients);
    }

    [Benchmark]
    public void Update() => AdamKernel.Update(
        new AdamStep(1, 1e-3, 0.9, 0.999, 1e-8, 0, 1), _weights, _gradients, _firstMoments, _secondMoments);
}
