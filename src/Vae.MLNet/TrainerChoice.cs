using Vae.Training;

namespace Vae.MLNet;

/// <summary>A trainer, and for the log which it is and why.</summary>
/// <param name="Trainer">The trainer.</param>
/// <param name="Reason">A sentence for the log.</param>
/// <param name="IsWarning">Whether the user should look after it: something that was asked for is not there.</param>
internal sealed record TrainerChoice(IVaeTrainer Trainer, string Reason, bool IsWarning = false);
