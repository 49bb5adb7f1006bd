using Vae.TorchSharp.Numerics;
using static TorchSharp.torch;

namespace Vae.TorchSharp.Losses;

/// <summary>β·|KL − C|, KL averaged over the minibatch: the schedule raises C from 0 to the capacity, and not the weight.</summary>
internal sealed class TorchCapacityRegularizer(double beta, double capacity) : TorchRegularizer
{
    public override Tensor Evaluate(TorchPosterior posterior, double factor) => posterior.Divergence.Plus(-factor * capacity).abs().Times(beta);
}
