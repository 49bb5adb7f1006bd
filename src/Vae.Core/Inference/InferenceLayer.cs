using System.Runtime.CompilerServices;
using Vae.Networks;
using Vae.Numerics;
using Vae.Numerics.Elementwise;
using Vae.Numerics.Gemm;
using Vae.Numerics.Simd;
using Vae.Options;

namespace Vae.Inference;

/// <summary>One dense layer for scoring: batch normalization is folded into its weights, dropout is gone.</summary>
internal sealed unsafe class InferenceLayer
{
    // Memory that the garbage collector does not move: rows are too short to pin it for each.
    private readonly ArraySegment<float> _values;
    private readonly int _weights;
    private readonly int _bias;
    private readonly Activation _activation;

    public InferenceLayer(DenseShape shape, VaeParameters parameters)
    {
        Inputs = shape.Inputs;
        Outputs = shape.Outputs;
        Stride = Padding.Stride(shape.Outputs);
        _activation = shape.Activation;
        if (shape.BatchNormalization)
        {
            _values = Fold(shape, parameters);
            _bias = Inputs * Stride;
        }
        else
        {
            _values = parameters.Weights.Values;
            _weights = parameters.Weights.Layout[TensorNames.Weight(shape)].Offset;
            _bias = parameters.Weights.Layout[TensorNames.Bias(shape)].Offset;
        }
    }

    public int Inputs { get; }

    public int Outputs { get; }

    /// <summary>The distance between the starts of two output rows.</summary>
    public int Stride { get; }

    /// <summary>b, with batch normalization in it.</summary>
    public ReadOnlySpan<float> Bias => _values.AsSpan(_bias, Outputs);

    /// <summary>A row of W, with batch normalization in it.</summary>
    public ReadOnlySpan<float> Weights(int input) => _values.AsSpan(_weights + input * Stride, Outputs);

    /// <summary>y = f(x·W + b) for some rows.</summary>
    public void Apply(int rows, ReadOnlySpan<float> x, int strideX, Span<float> y)
    {
        var weights = _values.AsSpan(_weights, Inputs * Stride);
        MatrixProduct.MultiplyAddBias(
            new(x, rows, Inputs, strideX),
            new(weights, Inputs, Outputs, Stride),
            _values.AsSpan(_bias, Stride),
            new(y, rows, Outputs, Stride));
        ActivationFunction.Apply(_activation, y[..(rows * Stride)], y[..(rows * Stride)]);
    }

    /// <summary>The same for one row, bit for bit, with vectors of one width.</summary>
    public void ApplyToRow<TVector>(float* x, float* y)
        where TVector : unmanaged, ISimdVector<TVector>
    {
        float* weights = Pointer(_weights);
        float* bias = Pointer(_bias);
        ProductObserver.Show(new(new(x, Inputs), 1, Inputs, Inputs), new(new(weights, Inputs * Stride), Inputs, Outputs, Stride));
        if (Stride == TVector.Count)
        {
            ActivationFunction.Of(_activation, Gemv<TVector>.One(Inputs, x, weights, TVector.Count, bias)).Store(y);
            return;
        }

        Gemv<TVector>.Run(Stride / TVector.Count, Inputs, x, weights, Stride, bias, 1, y);
        ActivationFunction.Apply<TVector>(_activation, y, y, Stride);
    }

    private float* Pointer(int offset) => (float*)Unsafe.AsPointer(ref _values.AsSpan(offset)[0]);

    /// <summary>
    /// γ·(x·W + b − m)/√(v + ε) + β = x·(W·g) + ((b − m)·g + β) with g = γ/√(v + ε): the weights, then the bias.
    /// </summary>
    private static ArraySegment<float> Fold(DenseShape shape, VaeParameters parameters)
    {
        var weights = parameters.Weights[TensorNames.Weight(shape)];
        var biases = parameters.Weights[TensorNames.Bias(shape)];
        var folded = AlignedFloats.Allocate(weights.Length + biases.Length);
        var scale = parameters.Weights.Row(TensorNames.Scale(shape));
        var shift = parameters.Weights.Row(TensorNames.Shift(shape));
        var mean = parameters.Buffers.Row(TensorNames.RunningMean(shape));
        var variance = parameters.Buffers.Row(TensorNames.RunningVariance(shape));
        for (int unit = 0; unit < shape.Outputs; unit++)
        {
            double gain = scale[unit] / Math.Sqrt((double)variance[unit] + VaeOptions.NormalizationEpsilon);
            for (int weight = unit; weight < weights.Length; weight += biases.Length)
                folded[weight] = (float)(weights[weight] * gain);
            folded[weights.Length + unit] = (float)((biases[unit] - (double)mean[unit]) * gain + shift[unit]);
        }

        TinyNumbers.ToZero(folded);
        return folded;
    }
}
