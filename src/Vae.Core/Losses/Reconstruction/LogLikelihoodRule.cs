using System.Numerics.Tensors;
using Vae.Losses.Noise;

namespace Vae.Losses.Reconstruction;

/// <summary>rec = Σ −log p: the reconstruction term of the ELBO.</summary>
internal sealed class LogLikelihoodRule : ReconstructionRule
{
    public override float Combine(
        ReadOnlySpan<float> outputs, ReadOnlySpan<float> mask, SlotScales noise,
        Span<float> terms, Span<float> gradients, Span<float> scaleGradients, Span<float> scratch)
    {
        Masking.Apply(mask, terms, gradients, scaleGradients);
        return TensorPrimitives.Sum<float>(terms);
    }
}
