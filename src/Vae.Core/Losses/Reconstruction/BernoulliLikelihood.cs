using System.Numerics.Tensors;
using Vae.Numerics.Elementwise;

namespace Vae.Losses.Reconstruction;

/// <summary>−log p = softplus(a) − x·a with the logit a, slot by slot.</summary>
internal sealed class BernoulliLikelihood(int start, int length) : Likelihood(start, length)
{
    public override void Evaluate(in SlotValues slots, in SlotTerms terms)
    {
        var outputs = slots.Outputs;
        var targets = slots.Targets;
        var values = terms.Values;
        var gradients = terms.Gradients;
        TensorPrimitives.Multiply(outputs, targets, gradients);
        VectorLoop.Apply<Softplus>(outputs, values);
        TensorPrimitives.Subtract(values, gradients, values);
        VectorLoop.Apply<LogisticSigmoid>(outputs, gradients);
        TensorPrimitives.Subtract(gradients, targets, gradients);
        terms.ScaleGradients.Clear();
    }

    /// <summary>
    /// Σ p^{b+1} = y^{b+1} + (1−y)^{b+1} with y = sigmoid(a), near b = 0 by 1 + y·expm1(b·log y) + (1−y)·expm1(b·log(1−y)).
    /// </summary>
    public override void Integrate(float robustness, in SlotValues slots, in SlotTerms integrals)
    {
        var outputs = slots.Outputs;
        for (int i = 0; i < outputs.Length; i++)
        {
            float logit = outputs[i];
            float tail = ScalarMath.Log1p(MathF.Exp(-MathF.Abs(logit)));
            float logOne = MathF.Min(logit, 0) - tail;
            float logZero = MathF.Min(-logit, 0) - tail;
            float one = MathF.Exp(logOne);
            float zero = MathF.Exp(logZero);
            float excessOne = ScalarMath.Expm1(robustness * logOne);
            float excessZero = ScalarMath.Expm1(robustness * logZero);
            float excess = one * excessOne + zero * excessZero;
            integrals.Values[i] = ScalarMath.Log1p(excess);
            integrals.Gradients[i] = (1 + robustness) * one * zero * (excessOne - excessZero) / (1 + excess);
        }

        integrals.ScaleGradients.Clear();
    }

    public override void Predict(Span<float> outputs) => VectorLoop.Apply<LogisticSigmoid>(outputs, outputs);
}
