using Vae.Losses;
using Vae.Networks;
using Vae.Numerics;
using Vae.Options;

namespace Vae.Training.Managed;

/// <summary>
/// A stack of dense layers, each followed by batch normalization, an activation and dropout where its shape asks for them.
/// </summary>
internal sealed class MultilayerPerceptron
{
    private readonly List<Pass> _layers = [];
    private readonly List<DenseLayer> _dense = [];

    /// <param name="shapes">The dense layers, from the input on.</param>
    /// <param name="parameters">Their weights and running averages.</param>
    /// <param name="gradients">Receives the gradients of the weights.</param>
    /// <param name="rows">The largest number of rows of a minibatch.</param>
    /// <param name="input">The input's values; may be a view.</param>
    /// <param name="inputGradient">Receives the gradient by the input, or null.</param>
    /// <param name="firstStream">The number of the first random stream for dropout.</param>
    public MultilayerPerceptron(
        IReadOnlyList<DenseShape> shapes, VaeParameters parameters, TensorSet gradients, int rows, Matrix input, Matrix? inputGradient,
        ulong firstStream)
    {
        Output = null!;
        foreach (var shape in shapes)
        {
            Output = new ValueAndGradient(rows, shape.Outputs);
            var dense = new DenseLayer(shape, parameters.Weights, gradients, input, inputGradient, Output);
            _dense.Add(dense);
            _layers.Add(dense);
            if (shape.BatchNormalization)
                Append(next => new BatchNormalizationLayer(shape, parameters, gradients, Output, next));
            if (shape.Activation != Activation.Identity)
                Append(next => new ActivationLayer(shape.Activation, Output, next));
            else if (shape != shapes[^1])
                _layers.Add(new TinyNumbersPass(Output));
            if (shape.Dropout > 0)
                Append(next => new DropoutLayer(shape.Dropout, firstStream++, Output, next));
            input = Output.Value;
            inputGradient = Output.Gradient;
        }
    }

    /// <summary>The last layer's output.</summary>
    public ValueAndGradient Output { get; private set; }

    /// <summary>All layers, in forward order.</summary>
    public IReadOnlyList<Pass> Layers => _layers;

    /// <summary>The dense layers among them, in forward order.</summary>
    public IReadOnlyList<DenseLayer> Dense => _dense;

    private void Append(Func<ValueAndGradient, Pass> create)
    {
        var next = new ValueAndGradient(Output.Value.Rows, Output.Value.Columns);
        _layers.Add(create(next));
        Output = next;
    }
}
