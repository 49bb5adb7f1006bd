namespace Vae.Objectives;

/// <summary>The part of the loss that a <see cref="LatentRegularizer"/> stands for: its value for a minibatch and its gradients.</summary>
internal abstract class LatentTerm
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
    public static LatentTerm Create(LatentRegularizer regularizer, int dimension, int rows) => regularizer switch
    {
        KullbackLeiblerRegularizer { Capacity: { } nats } divergence => new CapacityTerm(divergence.Beta, nats, rows),
        KullbackLeiblerRegularizer { FreeBits: > 0 } divergence => new FreeBitsTerm(divergence.Beta, divergence.FreeBits, dimension),
        KullbackLeiblerRegularizer divergence => new KullbackLeiblerTerm(divergence.Beta),
        InfoVaeRegularizer information => new InfoVaeTerm(information, dimension, rows),
        TotalCorrelationRegularizer correlation => new TotalCorrelationTerm(correlation.Beta, dimension, rows),
        _ => throw new ArgumentOutOfRangeException(nameof(regularizer), regularizer, "Unknown latent regularizer."),
    };
}
