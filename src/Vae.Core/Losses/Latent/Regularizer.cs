using Vae.Options;

namespace Vae.Losses.Latent;

/// <summary>The part of the loss that a <see cref="RegularizerOptions"/> stands for: its value for a minibatch and its gradients.</summary>
internal abstract class Regularizer
{
    /// <summary>Whether the term of a row depends on the other rows of the minibatch.</summary>
    public virtual bool NeedsWholeBatch => false;

    /// <summary>
    /// Evaluates some rows (all, if <see cref="NeedsWholeBatch"/>): writes ∂L/∂μ and ∂L/∂log σ² into the head's gradient, adds ∂L/∂z to the
    /// latent gradient if it depends on z, and writes each row's KL.
    /// </summary>
    /// <param name="batch">The posteriors, the weights and where the gradients go.</param>
    /// <param name="first">The first row.</param>
    /// <param name="count">The number of rows.</param>
    /// <param name="values">
    /// Receives, for each row of the minibatch, its share of the term, the schedule's factor included, so that Σ RowWeights·values is the term.
    /// </param>
    public abstract void Evaluate(LatentBatch batch, int first, int count, float[] values);

    /// <summary>The term that the options ask for.</summary>
    public static Regularizer Create(RegularizerOptions regularizer, int dimension, int rows) => regularizer switch
    {
        KullbackLeiblerOptions { Capacity: { } nats } divergence => new CapacityRegularizer(divergence.Beta, nats, rows),
        KullbackLeiblerOptions { FreeBits: > 0 } divergence => new FreeBitsRegularizer(divergence.Beta, divergence.FreeBits, dimension),
        KullbackLeiblerOptions divergence => new KullbackLeiblerRegularizer(divergence.Beta),
        InfoVaeOptions information => new InfoVaeRegularizer(information, dimension, rows),
        TotalCorrelationOptions correlation => new TotalCorrelationRegularizer(correlation.Beta, dimension, rows),
        _ => throw new ArgumentOutOfRangeException(nameof(regularizer), regularizer, "Unknown latent regularizer."),
    };
}
