using BenchmarkDotNet.Attributes;
using Vae.Numerics;
using Vae.Numerics.Gemm;
using Vae.Numerics.RandomNumbers;

namespace Vae.Benchmarks.Kernels;

/// <summary>The three products of a dense layer: outputs, gradient of weights, gradient of inputs.</summary>
public class MatrixProductBenchmarks : ICountsWork
{
    private Matrix _inputs = new(0, 0);
    private Matrix _weights = new(0, 0);
    private Matrix _transposed = new(0, 0);
    private Matrix _outputs = new(0, 0);
    private Matrix _weightGradients = new(0, 0);
    private float[] _bias = [];

    [ParamsSource(nameof(Shapes))]
    public ProductShape Shape { get; set; }

    public static IEnumerable<ProductShape> Shapes => [new(256, 512, 784), new(256, 64, 100), new(128, 64, 30), new(32, 8, 13)];

    public double Work => 2.0 * Shape.Rows * Shape.Columns * Shape.Depth;

    [GlobalSetup]
    public void Setup()
    {
        _inputs = new Matrix(Shape.Rows, Shape.Depth);
        _weights = new Matrix(Shape.Depth, Shape.Columns);
        _transposed = new Matrix(Shape.Columns, Shape.Depth);
        _outputs = new Matrix(Shape.Rows, Shape.Columns);
        _weightGradients = new Matrix(Shape.Depth, Shape.Columns);
        _bias = new float[Padding.Stride(Shape.Columns)];
        CounterRandom.FillUniform(1, 1, 0, _inputs.Block(0, Shape.Rows));
        CounterRandom.FillUniform(1, 2, 0, _weights.Block(0, Shape.Depth));
        CounterRandom.FillUniform(1, 3, 0, _outputs.Block(0, Shape.Rows));
    }

    [Benchmark]
    public void Forward() => MatrixProduct.MultiplyAddBias(_inputs.View, _weights.View, _bias, _outputs.View);

    [Benchmark]
    public void WeightGradient() => MatrixProduct.MultiplyTransposedLeft(_inputs.View, _outputs.View, _weightGradients.View);

    [Benchmark]
    public void InputGradientWithTransposition()
    {
        Transposition.Run(_weights.View, _transposed.View);
        MatrixProduct.Multiply(_outputs.View, _transposed.View, _inputs.View);
    }
}
