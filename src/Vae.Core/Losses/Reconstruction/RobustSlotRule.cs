using System.Numerics.Tensors;
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

    public override float Combine(in SlotValues row, ReadOnlySpan<float> mask, in SlotTerms terms, Span<float> scratch)
    {
        foreach (var likelihood in likelihoods)
        {
            var (start, length) = (likelihood.Start, likelihood.Length);
            var integrals = new SlotTerms(scratch, terms.ScaleGradients.IsEmpty, length);
            likelihood.Integrate(_b, row.Slice(start, length), integrals);
            Transform(likelihood.IsJoint, terms.Slice(start, length), integrals);
        }

        terms.LeaveOutMissing(mask);
        return TensorPrimitives.Sum<float>(terms.Values);
    }

    private void Transform(bool isJoint, in SlotTerms terms, in SlotTerms integrals)
    {
        var values = terms.Values;
        var gradients = terms.Gradients;
        var scaleGradients = terms.ScaleGradients;
        float weight = 0;
        float integral = 0;
        for (int i = 0; i < values.Length; i++)
        {
            if (i == 0 || !isJoint)
            {
                weight = (_b + 1) * MathF.Exp(-_b * values[i]);
                integral = MathF.Exp(integrals.Values[i]);
                values[i] = -(_b + 1) / _b * ScalarMath.Expm1(-_b * values[i]) + ScalarMath.Expm1(integrals.Values[i]);
            }

            gradients[i] = weight * gradients[i] + integral * integrals.Gradients[i];
            if (!scaleGradients.IsEmpty) scaleGradients[i] = weight * scaleGradients[i] + integral * integrals.ScaleGradients[i];
        }
    }
}
