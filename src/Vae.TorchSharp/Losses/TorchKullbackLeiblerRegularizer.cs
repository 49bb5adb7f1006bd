using Vae.TorchSharp.Numerics;
using static TorchSharp.torch;

namespace Vae.TorchSharp.Losses;

/// <summary>β·½ Σ (μ² + σ² − 1 − log σ²).</summary>
internal sealed class TorchKullbackLeiblerRegularizer(double beta) : TorchRegularizer
{
    public override Tensor Evaluate(TorchPosterior posterior, double factor) => posterior.Divergence.Times(factor * beta);
}
