using static TorchSharp.torch;

namespace Vae.TorchSharp;

/// <summary>β·|KL − C|, KL averaged over the minibatch: the schedule raises C from 0 to the capacity, and not the weight.</summary>
internal sealed class TorchCapacityTerm(double beta, double capacity) : TorchLatentTerm
{
    public override Tensor Evaluate(TorchPosterior posterior, double factor) => posterior.Divergence.Plus(-factor * capacity).abs().Times(beta);
}
