using Vae.Training;

namespace Vae.MLNet;

/// <summary>The one place where a <see cref="TrainerKind"/> becomes a trainer.</summary>
internal static class TrainerResolver
{
    /// <summary>The trainer of a kind.</summary>
    /// <param name="kind">What was asked for.</param>
    /// <param name="gpuDeviceId">The number of the GPU to train on, or null for the processor.</param>
    /// <param name="fallbackToCpu">Whether the processor will do if there is no such GPU.</param>
    /// <exception cref="InvalidOperationException">
    /// There is no libtorch, or no such GPU, and nothing else will do; the message says what to add.
    /// </exception>
    public static TrainerChoice Resolve(TrainerKind kind, int? gpuDeviceId, bool fallbackToCpu)
    {
        if (kind == TrainerKind.Managed) return new TrainerChoice(new ManagedTrainer(), "Training in managed code, as was asked for.");
        bool isAskedFor = kind == TrainerKind.TorchSharp;
        if (OptionalTorch.WhyNot() is not var (reason, isAbsent))
            return OptionalTorch.Choose(gpuDeviceId, fallbackToCpu, isAskedFor ? "as was asked for" : "because libtorch is there");
        if (isAskedFor) throw new InvalidOperationException($"TorchSharp cannot train: {reason}.");
        var trainer = new ManagedTrainer();
        if (gpuDeviceId is not { } id) return new TrainerChoice(trainer, $"Training in managed code: {reason}.", IsWarning: !isAbsent);
        if (!fallbackToCpu) throw new InvalidOperationException($"GPU {id} cannot be used, and FallbackToCpu is false: {reason}.");
        return new TrainerChoice(trainer, $"Training in managed code and not on GPU {id}: {reason}.", IsWarning: true);
    }
}
