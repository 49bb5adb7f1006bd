using Vae.History;
using Vae.Networks;

namespace Vae.Training.Checkpoints;

/// <summary>Where a training stands between two epochs, apart from its engine.</summary>
/// <param name="best">Holds the weights that training starts from; receives the best ones.</param>
internal sealed class TrainingState(VaeParameters best)
{
    /// <summary>The metrics of the epochs so far.</summary>
    public List<EpochMetrics> Epochs { get; } = [];

    /// <summary>The best weights so far.</summary>
    public VaeParameters Best { get; private set; } = best;

    /// <summary>The epoch, counted from 1, that <see cref="Best"/> is from; 0 before the first epoch.</summary>
    public int BestEpoch { get; set; }

    /// <summary>The validation loss of <see cref="BestEpoch"/>; infinite as long as the schedules do not let epochs be compared.</summary>
    public double BestLoss { get; set; } = double.PositiveInfinity;

    /// <summary>Where the weights of an epoch go before they are known to be the best.</summary>
    public VaeParameters Candidate { get; private set; } = new(best.Shape);

    /// <summary>The number of steps so far.</summary>
    public long Step { get; set; }

    /// <summary>Whether the validation loss has not fallen for too long.</summary>
    public bool StoppedEarly { get; set; }

    /// <summary>Whether the caller has ended the training and wants its best model.</summary>
    public bool Cancelled { get; set; }

    /// <summary>Makes the candidate the best.</summary>
    public void TakeCandidate(int epoch)
    {
        (Best, Candidate) = (Candidate, Best);
        BestEpoch = epoch;
    }
}
