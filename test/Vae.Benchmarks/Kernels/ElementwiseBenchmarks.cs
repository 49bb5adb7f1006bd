using BenchmarkDotNet.Attributes;
using Vae.Numerics.Elementwise;
using Vae.Numerics.RandomNumbers;

namespace Vae.Benchmarks.Kernels;

/// <summary>Functions taken element by element.</summary>
public class ElementwiseBenchmarks : ICountsWork
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
    public void Sigmoid() => VectorLoop.Apply<LogisticSigmoid>(_x, _y);

    [Benchmark]
    public void Tanh() => VectorLoop.Apply<HyperbolicTangent>(_x, _y);

    [Benchmark]
    public void Softplus() => VectorLoop.Apply<Softplus>(_x, _y);

    [Benchmark]
    public void Elu() => VectorLoop.Apply<Elu>(_x, _y);

    [Benchmark]
    public void Gelu() => VectorLoop.Apply<Gelu>(_x, _y);

    [Benchmark]
    public void GeluBackward() => VectorLoop.Differentiate<Gelu>(_x, _x, _gradient, _y);

    [Benchmark]
    public void Relu() => VectorLoop.Apply<Relu>(_x, _y);

    [Benchmark]
    public void ReluBackward() => VectorLoop.Differentiate<Relu>(_x, _x, _gradient, _y);

    [Benchmark]
    public double SumOfSquares() => Vae.Numerics.Elementwise.SumOfSquares.Of(_x);
}
