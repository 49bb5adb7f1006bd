using Vae.History;

namespace Vae.Training;

/// <summary>
/// The loss became infinite or NaN, or so large that nothing can be learned any more. <see cref="Exception.Message"/> says in which epoch and what to try.
/// </summary>
public sealed class TrainingDivergedException : InvalidOperationException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">In which epoch, and what to try.</param>
    /// <param name="bestModel">The best model before the loss diverged.</param>
    /// <param name="history">The epochs that were completed.</param>
    public TrainingDivergedException(string message, VaeModel bestModel, TrainingHistory history)
        : base(message)
    {
        BestModel = bestModel;
        History = history;
    }

    /// <summary>
    /// The best model before the loss diverged; if no epoch was completed, which its <see cref="TrainingHistory.BestEpoch"/> of 0 tells, the one that training
    /// started from.
    /// </summary>
    public VaeModel BestModel { get; }

    /// <summary>The epochs that were completed.</summary>
    public TrainingHistory History { get; }
}
