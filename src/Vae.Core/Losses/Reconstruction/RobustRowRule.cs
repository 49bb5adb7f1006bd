using System.Numerics.Tensors;
using Vae.Losses.Noise;
using Vae.Numerics.Elementwise;

namespace Vae.Losses.Reconstruction;

/// <summary>
/// rec = −((b+1)/b)·(p(x|z)ᵇ − 1) + ∫ p(y|z)^{b+1} dy − 1 with p the product over the row's observed slots; both products are sums of logarithms,
/// so a wide row does not underflow (Akrami et al. 2020). The share of each slot is its part of −log p.
/// </summary>
internal sealed class RobustRowRule(Likelihood[] likelihoods, double robustness) : ReconstructionRule
{
    private readonly float _b = (float)robustness;

    public override int ScratchRows => 3;

    public override float Combine(
        ReadOnlySpan<float> outputs, ReadOnlySpan<float> mask, SlotScales noise,
        Span<float> terms, Span<float> gradients, Span<float> scaleGradients, Span<float> scratch)
    {
        var integrals = new LogIntegrals(scratch, scaleGradients.IsEmpty, terms.Length);
        foreach (var likelihood in likelihoods)
            likelihood.Integrate(_b, outputs.Slice(likelihood.Start, likelihood.Length), noise, integrals.Slice(likelihood.Start, likelihood.Length));
        Masking.Apply(mask, terms, gradients, scaleGradients);
        Masking.Apply(mask, integrals.Values, integrals.Gradients, integrals.ScaleGradients);

        float negativeLog = TensorPrimitives.Sum<float>(terms);
        float logIntegral = TensorPrimitives.Sum<float>(integrals.Values);
        float weight = (_b + 1) * MathF.Exp(-_b * negativeLog);
        float integral = MathF.Exp(logIntegral);
        Combine(weight, integral, gradients, integrals.Gradients);
        if (!scaleGradients.IsEmpty) Combine(weight, integral, scaleGradients, integrals.ScaleGradients);
        return -(_b + 1) / _b * ScalarMath.Expm1(-_b * negativeLog) + ScalarMath.Expm1(logIntegral);
    }

    /// <summary>gradients ← weight·gradients + integral·others.</summary>
    private static void Combine(float weight, float integral, Span<float> gradients, Span<float> others)
    {
        TensorPrimitives.Multiply(others, integral, others);
        TensorPrimitives.MultiplyAdd(gradients, weight, others, gradients);
    }
}
