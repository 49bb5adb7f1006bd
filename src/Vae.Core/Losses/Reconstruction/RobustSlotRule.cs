using System.Numerics.Tensors;
using Vae.Losses.Noise;
using Vae.Numerics.Elementwise;

namespace Vae.Losses.Reconstruction;

/// <summary>
/// rec = Σ over slots of −((b+1)/b)·(pᵇ − 1) + ∫ p(y|z)^{b+1} dy − 1, evaluated as −((b+1)/b)·expm1(−b·(−log p)) so that b → 0 gives −log p
/// (Akrami et al. 2022). The gradient of an unlikely value vanishes like pᵇ.
/// </summary>
internal sealed class RobustSlotRule(Likelihood[] likelihoods, double robustness) : ReconstructionRule
{
    private readonly float _b = (float)robustness;

    public override int ScratchRows => 3;

    public override float Combine(
        ReadOnlySpan<float> outputs, ReadOnlySpan<float> mask, SlotScales noise,
        Span<float> terms, Span<float> gradients, Span<float> scaleGradients, Span<float> scratch)
    {
        foreach (var likelihood in likelihoods)
        {
            int start = likelihood.Start;
            int length = likelihood.Length;
            var integrals = new LogIntegrals(scratch, scaleGradients.IsEmpty, length);
            likelihood.Integrate(_b, outputs.Slice(start, length), noise, integrals);
            Transform(
                likelihood.IsJoint, integrals, terms.Slice(start, length), gradients.Slice(start, length),
                scaleGradients.IsEmpty ? default : scaleGradients.Slice(start, length));
        }

        Masking.Apply(mask, terms, gradients, scaleGradients);
        return TensorPrimitives.Sum<float>(terms);
    }

    private void Transform(bool isJoint, LogIntegrals integrals, Span<float> terms, Span<float> gradients, Span<float> scaleGradients)
    {
        float weight = 0;
        float integral = 0;
        for (int i = 0; i < terms.Length; i++)
        {
            if (i == 0 || !isJoint)
            {
                weight = (_b + 1) * MathF.Exp(-_b * terms[i]);
                integral = MathF.Exp(integrals.Values[i]);
                terms[i] = -(_b + 1) / _b * ScalarMath.Expm1(-_b * terms[i]) + ScalarMath.Expm1(integrals.Values[i]);
            }

            gradients[i] = weight * gradients[i] + integral * integrals.Gradients[i];
            if (!scaleGradients.IsEmpty) scaleGradients[i] = weight * scaleGradients[i] + integral * integrals.ScaleGradients[i];
        }
    }
}
