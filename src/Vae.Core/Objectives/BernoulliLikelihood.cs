using System.Numerics.Tensors;
using Vae.Numerics;

namespace Vae.Objectives;

/// <summary>−log p = softplus(a) − x·a with the logit a, slot by slot.</summary>
internal sealed class BernoulliLikelihood(int start, int length) : Likelihood(start, length)
{
    public override void Evaluate(
        ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, NoiseLevels noise, Span<float> terms, Span<float> gradients, Span<float> scaleGradients)
    {
        TensorPrimitives.Multiply(outputs, targets, gradients);
        VectorMath.Softplus(outputs, terms);
        TensorPrimitives.Subtract(terms, gradients, terms);
        VectorMath.Sigmoid(outputs, gradients);
        TensorPrimitives.Subtract(gradients, targets, gradients);
        scaleGradients.Clear();
    }

    public override void Predict(Span<float> outputs) => VectorMath.Sigmoid(outputs, outputs);
}
