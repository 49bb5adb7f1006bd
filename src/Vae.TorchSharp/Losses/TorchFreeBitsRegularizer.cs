using Vae.TorchSharp.Numerics;
using static TorchSharp.torch;

namespace Vae.TorchSharp.Losses;

/// <summary>β·Σ_d max(λ, mean over the minibatch of KL_d).</summary>
internal sealed class TorchFreeBitsRegularizer(double beta, double freeBits) : TorchRegularizer
{
    public override Tensor Evaluate(TorchPosterior posterior, double factor)
    {
        var means = posterior.RowWeights.unsqueeze(0).mm(posterior.DimensionDivergences);
        return means.AtLeast(freeBits).sum().Times(factor * beta);
    }
}
