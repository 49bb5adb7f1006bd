using Vae.Losses;
using Vae.Networks;
using Vae.Options;

namespace Vae.Training.Managed;

/// <summary>y = f(x), element by element.</summary>
internal sealed class ActivationLayer(Activation activation, ValueAndGradient input, ValueAndGradient output) : Pass
{
    public override void Forward(StepInfo step, int first, int count) =>
        ActivationFunction.Apply(activation, input.Value.Block(first, count), output.Value.Block(first, count));

    public override void Backward(StepInfo step, int first, int count) =>
        ActivationFunction.Differentiate(
            activation, input.Value.Block(first, count), output.Value.Block(first, count), output.Gradient.Block(first, count),
            input.Gradient.Block(first, count));
}
