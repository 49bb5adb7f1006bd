using Vae.TorchSharp.Numerics;
using static TorchSharp.torch;

namespace Vae.TorchSharp.Losses;

/// <summary>
/// KL + (β − 1)·TC, the mean over rows of log q(z) − Σ_d log q(z_d), both estimated by minibatch-weighted sampling from the rows of the
/// minibatch.
/// </summary>
internal sealed class TorchTotalCorrelationRegularizer(double beta, long tableRows) : TorchRegularizer
{
    private static readonly double LogTwoPi = Math.Log(2 * Math.PI);

    public override Tensor Evaluate(TorchLatentPosterior posterior, double factor)
    {
        long rows = posterior.Latent.shape[0];
        long dimension = posterior.Latent.shape[1];
        var logVariance = posterior.LogVariance.unsqueeze(0);
        var difference = posterior.Latent.unsqueeze(1) - posterior.Mean.unsqueeze(0);
        var logDensities = (difference * difference * (-logVariance).exp()).Plus(logVariance).Plus(LogTwoPi).Times(-0.5);
        double constant = (dimension - 1) * Math.Log((double)tableRows * rows);
        var correlation = (logDensities.sum(2).logsumexp(1) - logDensities.logsumexp(1).sum(1)).Plus(constant);
        return posterior.Divergence.Plus(posterior.RowWeights.dot(correlation).Times(beta - 1)).Times(factor);
    }
}
