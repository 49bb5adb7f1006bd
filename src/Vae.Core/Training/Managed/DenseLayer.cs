using Vae.Losses;
using Vae.Networks;
using Vae.Numerics;
using Vae.Numerics.Gemm;

namespace Vae.Training.Managed;

/// <summary>y = x·W + b.</summary>
internal sealed class DenseLayer : Pass
{
    private readonly TensorShape _weight;
    private readonly TensorShape _bias;
    private readonly TensorSet _weights;
    private readonly TensorSet _gradients;
    private readonly Matrix _input;
    private readonly Matrix? _inputGradient;
    private readonly ValueAndGradient _output;
    private readonly float[] _transposed;

    /// <param name="shape">The layer's sizes and name.</param>
    /// <param name="weights">Holds W and b.</param>
    /// <param name="gradients">Receives their gradients.</param>
    /// <param name="input">x; may be a view that moves between steps.</param>
    /// <param name="inputGradient">Receives ∂L/∂x, or null if nobody needs it.</param>
    /// <param name="output">y.</param>
    public DenseLayer(DenseShape shape, TensorSet weights, TensorSet gradients, Matrix input, Matrix? inputGradient, ValueAndGradient output)
    {
        _weight = weights.Layout[TensorNames.Weight(shape)];
        _bias = weights.Layout[TensorNames.Bias(shape)];
        _weights = weights;
        _gradients = gradients;
        _input = input;
        _inputGradient = inputGradient;
        _output = output;
        _transposed = inputGradient is null ? [] : new float[_weight.Columns * Padding.Stride(_weight.Rows)];
    }

    /// <summary>The number of rows of W: the pieces that <see cref="WeightGradient"/> can be split into.</summary>
    public int Inputs => _weight.Rows;

    /// <summary>The number of multiplications per row of the minibatch.</summary>
    public long Weights => (long)_weight.Rows * _weight.Columns;

    public override void Forward(StepInfo step, int first, int count) => MatrixProduct.MultiplyAddBias(
        count, _weight.Columns, _weight.Rows,
        _input.From(first), _input.Stride, Values(_weights, _weight), _weight.Stride, Values(_weights, _bias), _output.Value.From(first), _output.Value.Stride);

    /// <summary>Writes Wᵀ for <see cref="Backward"/>; once per step, before it.</summary>
    public void PrepareBackward()
    {
        if (_inputGradient is not null)
            MatrixProduct.Transpose(_weight.Rows, _weight.Columns, Values(_weights, _weight), _weight.Stride, _transposed, Padding.Stride(_weight.Rows));
    }

    public override void Backward(StepInfo step, int first, int count)
    {
        if (_inputGradient is null) return;
        MatrixProduct.Multiply(
            count, _weight.Rows, _weight.Columns,
            _output.Gradient.From(first), _output.Gradient.Stride, _transposed, Padding.Stride(_weight.Rows), _inputGradient.From(first), _inputGradient.Stride, false);
    }

    /// <summary>∂L/∂W = xᵀ·∂L/∂y for some rows of W, over all rows of the minibatch; with the first row goes ∂L/∂b.</summary>
    public void WeightGradient(StepInfo step, int first, int count)
    {
        MatrixProduct.MultiplyTransposedLeft(
            count, _weight.Columns, step.Rows,
            _input.From(0)[first..], _input.Stride, _output.Gradient.From(0), _output.Gradient.Stride,
            Values(_gradients, _weight)[(first * _weight.Stride)..], _weight.Stride, false);
        if (first == 0)
        {
            var gradient = Values(_gradients, _bias);
            gradient.Clear();
            MatrixProduct.AddColumnSums(step.Rows, _weight.Columns, _output.Gradient.From(0), _output.Gradient.Stride, gradient);
        }
    }

    private static Span<float> Values(TensorSet set, TensorShape tensor) => set.Values.AsSpan(tensor.Offset, tensor.PaddedLength);
}
