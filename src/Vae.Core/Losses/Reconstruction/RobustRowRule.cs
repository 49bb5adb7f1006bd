using System.Numerics.Tensors;
using Vae.Numerics.Elementwise;

namespace Vae.Losses.Reconstruction;

/// <summary>
/// rec = −((b+1)/b)·(p(x|z)ᵇ − 1) + ∫ p(y|z)^{b+1} dy − 1 with p the product over the row's observed slots; both products are sums of
/// logarithms, so a wide row does not underflow (Akrami et al. 2020). The share of each slot is its part of −log p.
/// </summary>
internal sealed class RobustRowRule(Likelihood[] likelihoods, double robustness) : ReconstructionRule
{
    private readonly float _b = (float)robustness;

    public override int ScratchRows => 3;

    public override float Combine(in SlotValues row, ReadOnlySpan<float> mask, in SlotTerms terms, Span<float> scratch)
    {
        var integrals = new SlotTerms(scratch, terms.ScaleGradients.IsEmpty, terms.Values.Length);
        foreach (var likelihood in likelihoods)
        {
            var (start, length) = (likelihood.Start, likelihood.Length);
            likelihood.Integrate(_b, row.Slice(start, length), integrals.Slice(start, length));
        }

        terms.LeaveOutMissing(mask);
        integrals.LeaveOutMissing(mask);

        float negativeLog = TensorPrimitives.Sum<float>(terms.Values);
        float logIntegral = TensorPrimitives.Sum<float>(integrals.Values);
        float weight = (_b + 1) * MathF.Exp(-_b * negativeLog);
        float integral = MathF.Exp(logIntegral);
        Combine(weight, integral, terms.Gradients, integrals.Gradients);
        if (!terms.ScaleGradients.IsEmpty) Combine(weight, integral, terms.ScaleGradients, integrals.ScaleGradients);
        return -(_b + 1) / _b * ScalarMath.Expm1(-_b * negativeLog) + ScalarMath.Expm1(logIntegral);
    }

    /// <summary>gradients ← weight·gradients + integral·others.</summary>
    private static void Combine(float weight, float integral, Span<float> gradients, Span<float> others)
    {
        TensorPrimitives.Multiply(others, integral, others);
        TensorPrimitives.MultiplyAdd(gradients, weight, others, gradients);
    }
}
