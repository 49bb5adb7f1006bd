using System.Numerics.Tensors;

namespace Vae.Objectives;

/// <summary>−log p = logsumexp(a) − a_class over one group; the whole term stands in the group's first slot.</summary>
internal sealed class CategoricalLikelihood(int start, int length) : Likelihood(start, length)
{
    public override void Evaluate(
        ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, NoiseLevels noise, Span<float> terms, Span<float> gradients, Span<float> scaleGradients)
    {
        float largest = TensorPrimitives.Max(outputs);
        TensorPrimitives.Subtract(outputs, largest, gradients);
        float chosen = TensorPrimitives.Dot(gradients, targets);
        TensorPrimitives.Exp(gradients, gradients);
        float sum = TensorPrimitives.Sum(gradients);
        terms.Clear();
        terms[0] = MathF.Log(sum) - chosen;
        TensorPrimitives.Divide(gradients, sum, gradients);
        TensorPrimitives.Subtract(gradients, targets, gradients);
        scaleGradients.Clear();
    }

    public override void Predict(Span<float> outputs)
    {
        TensorPrimitives.Subtract(outputs, TensorPrimitives.Max(outputs), outputs);
        TensorPrimitives.Exp(outputs, outputs);
        TensorPrimitives.Divide(outputs, TensorPrimitives.Sum(outputs), outputs);
    }
}
