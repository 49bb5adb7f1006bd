using Vae.History;
using Vae.Options;

namespace Vae.Training;

/// <summary>
/// The loss became infinite or NaN, or so large that nothing can be learned any more. <see cref="Exception.Message"/> says in which epoch
/// and what to try.
/// </summary>
public sealed class TrainingDivergedException : InvalidOperationException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">In which epoch, and what to try.</param>
    /// <param name="bestModel">The best model before the loss diverged, with the epochs that were completed as its history.</param>
    public TrainingDivergedException(string message, VaeModel bestModel)
        : base(message) => BestModel = bestModel;

    /// <summary>
    /// The best model before the loss diverged; if no epoch was completed, which its <see cref="TrainingHistory.BestEpoch"/> of 0 tells,
    /// the one that training started from.
    /// </summary>
    public VaeModel BestModel { get; }

    /// <summary>The epochs that were completed.</summary>
    public TrainingHistory History => BestModel.History;

    /// <summary>The exception with its advice.</summary>
    internal static TrainingDivergedException In(int epoch, string problem, VaeModel bestModel)
    {
        var options = bestModel.Options;
        string clipping = double.IsFinite(options.GradientClipNorm)
            ? FormattableString.Invariant($"a {nameof(VaeOptions.GradientClipNorm)} below {options.GradientClipNorm}")
            : $"a finite {nameof(VaeOptions.GradientClipNorm)}";
        string rate = FormattableString.Invariant($"a {nameof(VaeOptions.LearningRate)} below {options.LearningRate}");
        return new TrainingDivergedException(
            $"Training diverged: {problem} in epoch {epoch} of {options.Epochs}. "
            + $"Try {rate}, {clipping}, and look for extreme values in the data.",
            bestModel);
    }
}
