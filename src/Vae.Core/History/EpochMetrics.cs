

namespace Vae.History;

/// <summary>What one epoch of training measured. Losses are in nats per row, averaged over rows.</summary>
public sealed record EpochMetrics
{
    /// <summary>The epoch, counted from 1.</summary>
    public required int Epoch { get; init; }

    /// <summary>The largest number of epochs that training can take.</summary>
    public required int Epochs { get; init; }

    /// <summary>The weighted sum that was minimized, averaged over the epoch's steps.</summary>
    public required double Loss { get; init; }

    /// <summary>
    /// The same with the regularizer as it is when its schedule has ended, so that it does not rise while the schedule raises the weight;
    /// NaN if an older version of the library trained the model.
    /// </summary>
    public required double LossAtFullWeight { get; init; }

    /// <summary>The reconstruction term before weighting.</summary>
    public required double Reconstruction { get; init; }

    /// <summary>KL(q(z|x) ‖ N(0, I)) before weighting.</summary>
    public required double KullbackLeibler { get; init; }

    /// <summary>The schedule's factor on the regularizer at the end of the epoch, in [0, 1].</summary>
    public required double RegularizerFactor { get; init; }

    /// <summary>
    /// The noise scale s of the numeric slots at the end of the epoch, in standardized units (the geometric mean where each slot has its
    /// own); NaN without numeric slots.
    /// </summary>
    public required double NoiseScale { get; init; }

    /// <summary>The learning rate at the end of the epoch.</summary>
    public required double LearningRate { get; init; }

    /// <summary>
    /// The loss of the held-out rows with the regularizer at its full weight, without dropout and with the same noise in every epoch; NaN
    /// if no rows are held out.
    /// </summary>
    public required double ValidationLoss { get; init; }

    /// <summary>The reconstruction term of the held-out rows; NaN if there are none.</summary>
    public required double ValidationReconstruction { get; init; }

    /// <summary>The KL of the held-out rows; NaN if there are none.</summary>
    public required double ValidationKullbackLeibler { get; init; }
}
