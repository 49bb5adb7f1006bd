using System.Numerics.Tensors;

namespace Vae.Losses.Reconstruction;

/// <summary>rec = Σ −log p: the reconstruction term of the ELBO.</summary>
internal sealed class LogLikelihoodRule : ReconstructionRule
{
    public override float Combine(SlotValues row, SlotTerms terms, Span<float> scratch)
    {
        terms.LeaveOutMissing(row.Mask);
        return TensorPrimitives.Sum<float>(terms.Values);
    }
}
