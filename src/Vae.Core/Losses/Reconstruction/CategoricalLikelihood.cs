using System.Numerics.Tensors;
using Vae.Numerics.Elementwise;

namespace Vae.Losses.Reconstruction;

/// <summary>−log p = logsumexp(a) − a_class over one group; the whole term stands in the group's first slot.</summary>
internal sealed class CategoricalLikelihood(int start, int length) : Likelihood(start, length)
{
    public override bool IsJoint => true;

    public override void Evaluate(in SlotValues slots, in SlotTerms terms)
    {
        var outputs = slots.Outputs;
        var targets = slots.Targets;
        var values = terms.Values;
        var gradients = terms.Gradients;
        float largest = TensorPrimitives.Max(outputs);
        TensorPrimitives.Subtract(outputs, largest, gradients);
        float chosen = TensorPrimitives.Dot(gradients, targets);
        TensorPrimitives.Exp(gradients, gradients);
        float sum = TensorPrimitives.Sum(gradients);
        values.Clear();
        values[0] = MathF.Log(sum) - chosen;
        TensorPrimitives.Divide(gradients, sum, gradients);
        TensorPrimitives.Subtract(gradients, targets, gradients);
        terms.ScaleGradients.Clear();
    }

    /// <summary>Σ_k p_k^{b+1}, near b = 0 by 1 + Σ_k p_k·expm1(b·log p_k).</summary>
    public override void Integrate(float robustness, in SlotValues slots, in SlotTerms integrals)
    {
        var outputs = slots.Outputs;
        var logs = integrals.Values;
        var powers = integrals.Gradients;
        float largest = TensorPrimitives.Max(outputs);
        TensorPrimitives.Subtract(outputs, largest, logs);
        TensorPrimitives.Exp(logs, powers);
        TensorPrimitives.Subtract(logs, MathF.Log(TensorPrimitives.Sum<float>(powers)), logs);
        float excess = 0;
        for (int i = 0; i < logs.Length; i++)
            excess += MathF.Exp(logs[i]) * ScalarMath.Expm1(robustness * logs[i]);
        for (int i = 0; i < logs.Length; i++)
            powers[i] = (1 + robustness) * MathF.Exp(logs[i]) * (ScalarMath.Expm1(robustness * logs[i]) - excess) / (1 + excess);
        logs.Clear();
        logs[0] = ScalarMath.Log1p(excess);
        integrals.ScaleGradients.Clear();
    }

    public override void Predict(Span<float> outputs)
    {
        TensorPrimitives.Subtract(outputs, TensorPrimitives.Max(outputs), outputs);
        TensorPrimitives.Exp(outputs, outputs);
        TensorPrimitives.Divide(outputs, TensorPrimitives.Sum(outputs), outputs);
    }
}
