using static TorchSharp.torch;

namespace Vae.TorchSharp;

/// <summary>β·½ Σ (μ² + σ² − 1 − log σ²).</summary>
internal sealed class TorchKullbackLeiblerTerm(double beta) : TorchLatentTerm
{
    public override Tensor Evaluate(TorchPosterior posterior, double factor) => posterior.Divergence.Times(factor * beta);
}
