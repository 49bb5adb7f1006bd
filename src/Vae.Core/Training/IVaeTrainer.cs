using Vae.Data;
using Vae.Options;

namespace Vae.Training;

/// <summary>
/// Turns rows into a <see cref="VaeModel"/>. Every implementation takes the same options with the same meaning and minimizes the same loss.
/// </summary>
public interface IVaeTrainer
{
    /// <summary>Trains a VAE.</summary>
    /// <param name="rows">The training rows, in original units; read once.</param>
    /// <param name="options">What to train and how.</param>
    /// <param name="context">Progress, cancellation, warm start and resources; null for none of them and the usual resources.</param>
    /// <returns>The trained model with its history and diagnosis.</returns>
    /// <exception cref="ArgumentException">
    /// An option or a row is not valid; the message names the option, or the slot and the row.
    /// </exception>
    /// <exception cref="OperationCanceledException">
    /// The token was cancelled, and <see cref="TrainingContext.CancellationBehavior"/> asks for no model, or there is none yet.
    /// </exception>
    /// <exception cref="InvalidOperationException">The checkpoint is of another training; the message says what differs.</exception>
    /// <exception cref="IOException">
    /// Checkpoints cannot be written, which is found out before a row is read; or another training uses their file.
    /// </exception>
    /// <exception cref="InvalidDataException">The checkpoint is corrupt.</exception>
    /// <exception cref="FormatException">A newer version of the library wrote the checkpoint.</exception>
    /// <exception cref="TrainingDivergedException">
    /// The loss became infinite, NaN, or so large that nothing can be learned any more.
    /// </exception>
    VaeModel Train(IFeatureRows rows, VaeOptions options, TrainingContext? context = null);
}
