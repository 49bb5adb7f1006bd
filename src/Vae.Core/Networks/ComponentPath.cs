using Vae.Numerics.Elementwise;
using Vae.Options;

namespace Vae.Networks;

/// <summary>
/// Hidden units that hand some numbers on unchanged from the first of a stack of dense layers to the last: units 2d and 2d + 1 of each
/// hidden layer hold number d and its negative. For GELU, x·Φ(x) − (−x)·Φ(−x) = x; ReLU and softplus do the same; ELU and tanh nearly,
/// where they are close to linear.
/// </summary>
internal sealed class ComponentPath
{
    private readonly TensorSet _weights;
    private readonly IReadOnlyList<DenseShape> _layers;

    /// <param name="weights">The weights; those of the units are overwritten, and those of the last layer are 0.</param>
    /// <param name="layers">The dense layers in order; at least two.</param>
    /// <param name="count">How many numbers.</param>
    public ComponentPath(TensorSet weights, IReadOnlyList<DenseShape> layers, int count)
    {
        _weights = weights;
        _layers = layers;
        for (int i = 0; i < layers.Count; i++)
        {
            int units = i < layers.Count - 1 ? 2 * count : layers[i].Outputs;
            for (int input = 0; input < layers[i].Inputs; input++)
                Row(layers[i], input)[..units].Clear();
        }

        for (int i = 1; i < layers.Count - 1; i++)
        {
            float scale = Scale(layers[i].Activation);
            for (int d = 0; d < count; d++)
            {
                Take(i, d, 2 * d, scale);
                Take(i, d, 2 * d + 1, -scale);
            }
        }
    }

    /// <summary>Adds weight · input to a number.</summary>
    public void SetInput(int input, int number, double weight) => SetPair(Row(_layers[0], input), number, weight);

    /// <summary>Adds a constant to a number.</summary>
    public void SetConstant(int number, double constant) => SetPair(_weights.Row(TensorNames.Bias(_layers[0])), number, constant);

    /// <summary>Adds weight · number to an output.</summary>
    public void SetOutput(int number, int output, double weight) => Take(_layers.Count - 1, number, output, weight);

    /// <summary>Sets the constant of an output.</summary>
    public void SetOutputConstant(int output, double constant) =>
        _weights.Row(TensorNames.Bias(_layers[^1]))[output] = (float)constant;

    /// <summary>What units hold is this times the number: small where the function is linear around 0 alone.</summary>
    private static float Scale(Activation activation) => activation is Activation.ELU or Activation.Tanh ? 0.1f : 1;

    /// <summary>(f(x) − f(−x)) / x.</summary>
    private static float Difference(Activation activation) => activation switch
    {
        Activation.Identity or Activation.ELU or Activation.Tanh => 2,
        Activation.LeakyReLU => 1 + LeakyRelu.Slope,
        _ => 1,
    };

    private void SetPair(Span<float> weights, int number, double weight)
    {
        float scaled = (float)weight * Scale(_layers[0].Activation);
        weights[2 * number] = scaled;
        weights[2 * number + 1] = -scaled;
    }

    /// <summary>Makes a unit of a layer take weight · (the number that two units of the layer before it hold).</summary>
    private void Take(int layer, int number, int unit, double weight)
    {
        var before = _layers[layer - 1].Activation;
        float scaled = (float)(weight / (Scale(before) * Difference(before)));
        Row(_layers[layer], 2 * number)[unit] = scaled;
        Row(_layers[layer], 2 * number + 1)[unit] = -scaled;
    }

    private Span<float> Row(DenseShape dense, int input) => _weights.Row(TensorNames.Weight(dense), input);
}
