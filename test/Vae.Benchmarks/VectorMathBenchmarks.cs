using BenchmarkDotNet.Attributes;
using Vae.Numerics.Elementwise;
using Vae.Numerics.RandomNumbers;

namespace Vae.Benchmarks;

/// <summary>Functions taken element by element.</summary>
public class VectorMathBenchmarks : ICountsWork
{
    private float[] _x = [];
    private float[] _y = [];
    private float[] _gradient = [];

    [Params(64, 4096)]
    public int Length { get; set; }

    public double Work => Length;

    [GlobalSetup]
    public void Setup()
    {
        _x = new float[Length];
        _y = new float[Length];
        _gradient = new float[Length];
        CounterRandom.FillNormal(1, 1, 0, _x);
        CounterRandom.FillNormal(1, 2, 0, _gradient);
    }

    [Benchmark]
    public void Exp() => VectorMath.Exp(_x, _y);

    [Benchmark]
    public void Log() => VectorMath.Log(_x, _y);

    [Benchmark]
    public void Sigmoid() => VectorMath.Sigmoid(_x, _y);

    [Benchmark]
    public void Tanh() => VectorMath.Tanh(_x, _y);

    [Benchmark]
    public void Softplus() => VectorMath.Softplus(_x, _y);

    [Benchmark]
    public void Elu() => VectorMath.Elu(_x, _y);

    [Benchmark]
    public void Gelu() => VectorMath.Gelu(_x, _y);

    [Benchmark]
    public void GeluBackward() => VectorMath.GeluBackward(_x, _gradient, _y);

    [Benchmark]
    public void Relu() => VectorMath.Relu(_x, _y);

    [Benchmark]
    public void ReluBackward() => VectorMath.ReluBackward(_x, _gradient, _y);

    [Benchmark]
    public double SumOfSquares() => VectorMath.SumOfSquares(_x);
}
