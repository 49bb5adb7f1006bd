using Vae.Options;

namespace Vae.Losses.Latent;

/// <summary>
/// The part of the loss that a <see cref="RegularizerOptions"/> stands for. It is a weight on the KL divergence, which
/// <see cref="KullbackLeibler.Evaluate"/> computes for all of them, and what <see cref="Complete"/> makes of that.
/// </summary>
/// <param name="divergenceWeight">The factor on the KL divergence, beside the schedule's.</param>
internal abstract class Regularizer(double divergenceWeight)
{
    /// <summary>The factor on the KL divergence, beside <see cref="DivergenceFactor"/>.</summary>
    public float DivergenceWeight { get; } = (float)divergenceWeight;

    /// <summary>Whether the term of a row depends on the other rows of the minibatch.</summary>
    public virtual bool NeedsWholeBatch => true;

    /// <summary>The schedule's factor on the KL divergence.</summary>
    public virtual float DivergenceFactor(StepInfo step) => step.Factor;

    /// <summary>
    /// Completes the weighted KL of some rows (all, if <see cref="NeedsWholeBatch"/>): finds its share of each row in
    /// <see cref="LatentPosterior.Terms"/> (and <see cref="LatentPosterior.FullTerms"/>) and its gradients by μ and log σ² in the head's
    /// gradient, and changes them to those of the whole term; adds ∂L/∂z to the latent gradient if the term depends on z.
    /// </summary>
    public abstract void Complete(StepInfo step, LatentPosterior posterior, int first, int count);

    /// <summary>The term that the options ask for.</summary>
    /// <param name="regularizer">The option.</param>
    /// <param name="dimension">k.</param>
    /// <param name="rows">The largest number of rows of a minibatch.</param>
    /// <param name="tableRows">The number of training rows.</param>
    public static Regularizer Create(RegularizerOptions regularizer, int dimension, int rows, long tableRows) => regularizer switch
    {
        KullbackLeiblerOptions { Capacity: { } nats } divergence => new CapacityRegularizer(divergence.Beta, nats),
        KullbackLeiblerOptions { FreeBits: > 0 } divergence => new FreeBitsRegularizer(divergence.Beta, divergence.FreeBits, dimension),
        KullbackLeiblerOptions divergence => new KullbackLeiblerRegularizer(divergence.Beta),
        InfoVaeOptions information => new InfoVaeRegularizer(information, dimension, rows),
        TotalCorrelationOptions correlation => new TotalCorrelationRegularizer(correlation.Beta, dimension, rows, tableRows),
        _ => throw new ArgumentOutOfRangeException(nameof(regularizer), regularizer, "Unknown latent regularizer."),
    };
}
