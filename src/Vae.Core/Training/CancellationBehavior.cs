using Vae.History;

namespace Vae.Training;

/// <summary>What a cancelled training gives.</summary>
public enum CancellationBehavior
{
    /// <summary>An <see cref="OperationCanceledException"/>.</summary>
    Throw,

    /// <summary>
    /// The best model so far, whose <see cref="TrainingHistory.Cancelled"/> is true; an <see cref="OperationCanceledException"/> if no epoch
    /// has been completed.
    /// </summary>
    ReturnBestModel,
}
