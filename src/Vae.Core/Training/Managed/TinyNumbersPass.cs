using Vae.Losses;
using Vae.Numerics.Elementwise;

namespace Vae.Training.Managed;

/// <summary>Between two products with nothing else between them: tiny values and gradients become 0 in place.</summary>
internal sealed class TinyNumbersPass(ValueAndGradient layer) : Pass
{
    public override void Forward(StepInfo step, int first, int count) => TinyNumbers.ToZero(layer.Value.Block(first, count));

    public override void Backward(StepInfo step, int first, int count) => TinyNumbers.ToZero(layer.Gradient.Block(first, count));
}
