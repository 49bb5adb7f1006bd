using Vae.TorchSharp.Numerics;
using static TorchSharp.torch;

namespace Vae.TorchSharp.Losses;

/// <summary>β·½ Σ (μ² + σ² − 1 − log σ²).</summary>
internal sealed class TorchKullbackLeiblerRegularizer(double beta) : TorchRegularizer
{
    public override Tensor Evaluate(TorchLatentPosterior posterior, double factor) => posterior.Divergence.Times(factor * beta);
}

/// <summary>β·Σ_d max(λ, mean over the minibatch of KL_d); nothing for a minibatch without weight.</summary>
internal sealed class TorchFreeBitsRegularizer(double beta, double freeBits) : TorchRegularizer
{
    public override Tensor Evaluate(TorchLatentPosterior posterior, double factor)
    {
        var means = posterior.RowWeights.unsqueeze(0).mm(posterior.DimensionDivergences);
        return means.AtLeast(freeBits).sum().Times(factor * beta) * posterior.HasWeight;
    }
}

/// <summary>
/// β·|KL − C|, KL averaged over the minibatch: the schedule raises C from 0 to the capacity, and not the weight; nothing for a minibatch
/// without weight.
/// </summary>
internal sealed class TorchCapacityRegularizer(double beta, double capacity) : TorchRegularizer
{
    public override Tensor Evaluate(TorchLatentPosterior posterior, double factor) =>
        posterior.Divergence.Plus(-factor * capacity).abs().Times(beta) * posterior.HasWeight;
}
