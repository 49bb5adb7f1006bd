namespace Vae.Training;

/// <summary>The loss became infinite or NaN. <see cref="Exception.Message"/> says in which epoch and what to try.</summary>
public sealed class TrainingDivergedException : InvalidOperationException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">In which epoch, and what to try.</param>
    /// <param name="bestModel">The best model before the loss diverged, or null if there is none.</param>
    /// <param name="history">The epochs that were completed.</param>
    public TrainingDivergedException(string message, VaeModel? bestModel, TrainingHistory history)
        : base(message)
    {
        BestModel = bestModel;
        History = history;
    }

    /// <summary>The best model before the loss diverged, or null if no epoch was completed.</summary>
    public VaeModel? BestModel { get; }

    /// <summary>The epochs that were completed.</summary>
    public TrainingHistory History { get; }
}
