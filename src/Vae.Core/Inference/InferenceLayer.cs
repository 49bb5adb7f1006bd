using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Vae.Networks;
using Vae.Numerics;
using Vae.Numerics.Gemm;
using Vae.Numerics.Simd;
using Vae.Options;

namespace Vae.Inference;

/// <summary>One dense layer for scoring: batch normalization is folded into its weights, dropout is gone.</summary>
internal sealed unsafe class InferenceLayer
{
    private readonly float[] _weights;
    private readonly float[] _bias;
    private readonly Activation _activation;

    public InferenceLayer(DenseShape shape, VaeParameters parameters)
    {
        Inputs = shape.Inputs;
        Outputs = shape.Outputs;
        Stride = Padding.Stride(shape.Outputs);
        _activation = shape.Activation;
        _weights = Pinned(parameters.Weights[TensorNames.Weight(shape)]);
        _bias = Pinned(parameters.Weights[TensorNames.Bias(shape)]);
        if (shape.BatchNormalization) Fold(shape, parameters);
    }

    public int Inputs { get; }

    public int Outputs { get; }

    /// <summary>The distance between the starts of two output rows.</summary>
    public int Stride { get; }

    /// <summary>y = f(x·W + b) for some rows.</summary>
    public void Apply(int rows, ReadOnlySpan<float> x, int strideX, Span<float> y)
    {
        MatrixProduct.MultiplyAddBias(
            new(x, rows, Inputs, strideX), new(_weights, Inputs, Outputs, Stride), _bias, new(y, rows, Outputs, Stride));
        if (_activation != Activation.Identity) ActivationFunction.Apply(_activation, y[..(rows * Stride)], y[..(rows * Stride)]);
    }

    /// <summary>The same for one row, bit for bit, with vectors of one width.</summary>
    public void ApplyToRow<TVector>(float* x, float* y)
        where TVector : unmanaged, ISimdVector<TVector>
    {
        if (Stride == TVector.Count)
        {
            ActivationFunction.Of(_activation, Gemv<TVector>.One(Inputs, x, Pointer(_weights), TVector.Count, Pointer(_bias))).Store(y);
            return;
        }

        Gemv<TVector>.Run(Stride / TVector.Count, Inputs, x, Pointer(_weights), Stride, Pointer(_bias), 1, y);
        for (int unit = 0; unit < Stride; unit += TVector.Count)
            ActivationFunction.Of(_activation, TVector.Load(y + unit)).Store(y + unit);
    }

    /// <summary>Memory that the garbage collector does not move: rows are too short to pin it for each.</summary>
    private static float[] Pinned(ReadOnlySpan<float> values)
    {
        float[] array = GC.AllocateUninitializedArray<float>(values.Length, pinned: true);
        values.CopyTo(array);
        return array;
    }

    private static float* Pointer(float[] pinned) => (float*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(pinned));

    /// <summary>γ·(x·W + b − m)/√(v + ε) + β = x·(W·g) + ((b − m)·g + β) with g = γ/√(v + ε).</summary>
    private void Fold(DenseShape shape, VaeParameters parameters)
    {
        var scale = parameters.Weights.Row(TensorNames.Scale(shape));
        var shift = parameters.Weights.Row(TensorNames.Shift(shape));
        var mean = parameters.Buffers.Row(TensorNames.RunningMean(shape));
        var variance = parameters.Buffers.Row(TensorNames.RunningVariance(shape));
        for (int unit = 0; unit < Outputs; unit++)
        {
            double gain = scale[unit] / Math.Sqrt((double)variance[unit] + VaeOptions.NormalizationEpsilon);
            for (int row = 0; row < Inputs; row++)
                _weights[row * Stride + unit] = (float)(_weights[row * Stride + unit] * gain);
            _bias[unit] = (float)((_bias[unit] - (double)mean[unit]) * gain + shift[unit]);
        }
    }
}
