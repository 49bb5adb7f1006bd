using Vae.Losses;
using Vae.Networks;
using Vae.Numerics;
using Vae.Numerics.Elementwise;
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
    private readonly Matrix? _transposed;

    /// <param name="shape">The layer's sizes and name.</param>
    /// <param name="weights">Holds W and b.</param>
    /// <param name="gradients">Receives their gradients.</param>
    /// <param name="input">x; may be a view that moves between steps.</param>
    /// <param name="inputGradient">Receives ∂L/∂x, or null if nobody needs it.</param>
    /// <param name="output">y.</param>
    public DenseLayer(
        DenseShape shape, TensorSet weights, TensorSet gradients, Matrix input, Matrix? inputGradient, ValueAndGradient output)
    {
        _weight = weights.Layout[TensorNames.Weight(shape)];
        _bias = weights.Layout[TensorNames.Bias(shape)];
        _weights = weights;
        _gradients = gradients;
        _input = input;
        _inputGradient = inputGradient;
        _output = output;
        _transposed = inputGradient is null ? null : new Matrix(_weight.Columns, _weight.Rows);
    }

    /// <summary>The number of rows of W: the pieces that <see cref="WeightGradient"/> can be split into.</summary>
    public int Inputs => _weight.Rows;

    /// <summary>The number of multiplications per row of the minibatch.</summary>
    public long Weights => (long)_weight.Rows * _weight.Columns;

    public override void Forward(StepInfo step, int first, int count) => MatrixProduct.MultiplyAddBias(
        _input.SliceRows(first, count), _weights.View(_weight), _weights.View(_bias).Values, _output.Value.SliceRows(first, count));

    /// <summary>Writes Wᵀ for <see cref="Backward"/>; once per step, before it.</summary>
    public void PrepareBackward()
    {
        if (_transposed is not null) Transposition.Run(_weights.View(_weight), _transposed.View);
    }

    public override void Backward(StepInfo step, int first, int count)
    {
        if (_transposed is null) return;
        MatrixProduct.Multiply(
            _output.Gradient.SliceRows(first, count), _transposed.View, _inputGradient!.SliceRows(first, count));
    }

    /// <summary>∂L/∂W = xᵀ·∂L/∂y for some rows of W, over all rows of the minibatch; with the first row goes ∂L/∂b.</summary>
    public void WeightGradient(StepInfo step, int first, int count)
    {
        var outputGradient = _output.Gradient.SliceRows(0, step.Rows);
        MatrixProduct.MultiplyTransposedLeft(
            _input.SliceRows(0, step.Rows).SliceColumns(first, count), outputGradient, _gradients.View(_weight).SliceRows(first, count));
        if (first == 0)
        {
            var gradient = _gradients.View(_bias).Values;
            gradient.Clear();
            ColumnSums.Add(outputGradient, gradient);
        }
    }
}
