using Vae.Losses;
using Vae.Losses.Latent;

namespace Vae.Training.Managed;

/// <summary>KL(q(z|x) ‖ N(0, I)), weighted as the regularizer wants it, with its gradient by μ and log σ².</summary>
internal sealed class DivergencePass(LatentPosterior posterior, Regularizer regularizer) : Pass
{
    public override void Forward(StepInfo step, int first, int count) =>
        KullbackLeibler.Evaluate(posterior, regularizer.DivergenceFactor(step), regularizer.DivergenceWeight, first, count);
}
