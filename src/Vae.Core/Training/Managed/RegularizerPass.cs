using Vae.Losses;
using Vae.Losses.Latent;

namespace Vae.Training.Managed;

/// <summary>
/// What the regularizer adds to the KL. In a training step it runs on the way back, because it adds to the decoder's gradient by z; where
/// nothing is trained, it runs on the way forward.
/// </summary>
internal sealed class RegularizerPass(LatentPosterior posterior, Regularizer regularizer) : Pass
{
    public override bool NeedsWholeBatch => regularizer.NeedsWholeBatch;

    public override void Forward(StepInfo step, int first, int count) => regularizer.Complete(step, posterior, first, count);

    public override void Backward(StepInfo step, int first, int count) => regularizer.Complete(step, posterior, first, count);
}
