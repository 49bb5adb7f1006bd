using BenchmarkDotNet.Attributes;
using Vae.Numerics;
using Vae.Numerics.Gemm;
using Vae.Numerics.RandomNumbers;

namespace Vae.Benchmarks;

/// <summary>The three products of a dense layer: outputs, gradient of weights, gradient of inputs.</summary>
public class MatrixProductBenchmarks : ICountsWork
{
    private float[] _inputs = [];
    private float[] _weights = [];
    private float[] _transposed = [];
    private float[] _bias = [];
    private float[] _outputs = [];
    private float[] _weightGradients = [];

    [ParamsSource(nameof(Shapes))]
    public ProductShape Shape { get; set; }

    public static IEnumerable<ProductShape> Shapes => [new(256, 512, 784), new(256, 64, 100), new(128, 64, 30), new(32, 8, 13)];

    public double Work => 2.0 * Shape.Rows * Shape.Columns * Shape.Depth;

    private int InputStride => Padding.Stride(Shape.Depth);

    private int OutputStride => Padding.Stride(Shape.Columns);

    [GlobalSetup]
    public void Setup()
    {
        _inputs = new float[Shape.Rows * InputStride];
        _weights = new float[Shape.Depth * OutputStride];
        _transposed = new float[Shape.Columns * InputStride];
        _bias = new float[OutputStride];
        _outputs = new float[Shape.Rows * OutputStride];
        _weightGradients = new float[Shape.Depth * OutputStride];
        CounterRandom.FillUniform(1, 1, 0, _inputs);
        CounterRandom.FillUniform(1, 2, 0, _weights);
        CounterRandom.FillUniform(1, 3, 0, _outputs);
    }

    [Benchmark]
    public void Forward() => MatrixProduct.MultiplyAddBias(
        Shape.Rows, Shape.Columns, Shape.Depth, _inputs, InputStride, _weights, OutputStride, _bias, _outputs, OutputStride);

    [Benchmark]
    public void WeightGradient() => MatrixProduct.MultiplyTransposedLeft(
        Shape.Depth, Shape.Columns, Shape.Rows, _inputs, InputStride, _outputs, OutputStride, _weightGradients, OutputStride, accumulate: false);

    [Benchmark]
    public void InputGradientWithTransposition()
    {
        MatrixProduct.Transpose(Shape.Depth, Shape.Columns, _weights, OutputStride, _transposed, InputStride);
        MatrixProduct.Multiply(
            Shape.Rows, Shape.Depth, Shape.Columns, _outputs, OutputStride, _transposed, InputStride, _inputs, InputStride, accumulate: false);
    }
}
