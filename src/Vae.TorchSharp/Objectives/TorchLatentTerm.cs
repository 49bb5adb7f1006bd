using Vae.Objectives;
using static TorchSharp.torch;

namespace Vae.TorchSharp;

/// <summary>What a <see cref="LatentRegularizer"/> adds to the loss of a minibatch, in torch operations.</summary>
internal abstract class TorchLatentTerm
{
    /// <summary>The term, the schedule's factor included, averaged over the rows.</summary>
    public abstract Tensor Evaluate(TorchPosterior posterior, double factor);

    /// <summary>The term that the options ask for.</summary>
    /// <param name="regularizer">The option.</param>
    /// <param name="tableRows">The number of training rows.</param>
    public static TorchLatentTerm Create(LatentRegularizer regularizer, long tableRows) => regularizer switch
    {
        KullbackLeiblerRegularizer { Capacity: { } nats } divergence => new TorchCapacityTerm(divergence.Beta, nats),
        KullbackLeiblerRegularizer { FreeBits: > 0 } divergence => new TorchFreeBitsTerm(divergence.Beta, divergence.FreeBits),
        KullbackLeiblerRegularizer divergence => new TorchKullbackLeiblerTerm(divergence.Beta),
        InfoVaeRegularizer information => new TorchInfoVaeTerm(information),
        TotalCorrelationRegularizer correlation => new TorchTotalCorrelationTerm(correlation.Beta, tableRows),
        _ => throw new ArgumentOutOfRangeException(nameof(regularizer), regularizer, "Unknown latent regularizer."),
    };
}
