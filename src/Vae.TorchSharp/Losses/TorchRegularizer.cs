using Vae.Options;
using static TorchSharp.torch;

namespace Vae.TorchSharp.Losses;

/// <summary>What a <see cref="RegularizerOptions"/> adds to the loss of a minibatch, in torch operations.</summary>
internal abstract class TorchRegularizer
{
    /// <summary>The term, the schedule's factor included, averaged over the rows.</summary>
    public abstract Tensor Evaluate(TorchLatentPosterior posterior, double factor);

    /// <summary>The term that the options ask for.</summary>
    /// <param name="regularizer">The option.</param>
    /// <param name="tableRows">The number of training rows.</param>
    public static TorchRegularizer Create(RegularizerOptions regularizer, long tableRows) => regularizer switch
    {
        KullbackLeiblerOptions { Capacity: { } nats } divergence => new TorchCapacityRegularizer(divergence.Beta, nats),
        KullbackLeiblerOptions { FreeBits: > 0 } divergence => new TorchFreeBitsRegularizer(divergence.Beta, divergence.FreeBits),
        KullbackLeiblerOptions divergence => new TorchKullbackLeiblerRegularizer(divergence.Beta),
        InfoVaeOptions information => new TorchInfoVaeRegularizer(information),
        TotalCorrelationOptions correlation => new TorchTotalCorrelationRegularizer(correlation.Beta, tableRows),
        _ => throw new ArgumentOutOfRangeException(nameof(regularizer), regularizer, "Unknown latent regularizer."),
    };
}
