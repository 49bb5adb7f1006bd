using System.Numerics.Tensors;

namespace Vae.Losses.Reconstruction;

/// <summary>rec = Σ −log p: the reconstruction term of the ELBO.</summary>
internal sealed class LogLikelihoodRule : ReconstructionRule
{
    public override float Combine(in SlotValues row, ReadOnlySpan<float> mask, in SlotTerms terms, Span<float> scratch)
    {
        terms.LeaveOutMissing(mask);
        return TensorPrimitives.Sum<float>(terms.Values);
    }
}
