using Microsoft.ML.Runtime;
using Vae.MLNet.Internals;
using Vae.Training;
using Vae.Training.Managed;

namespace Vae.MLNet;

/// <summary>The one place where a <see cref="TrainerKind"/> becomes a trainer.</summary>
internal static class TrainerResolver
{
    /// <summary>The trainer of a kind in an ML.NET environment; the log says which it is, and why.</summary>
    /// <inheritdoc cref="Resolve(TrainerKind, int?, bool)" path="/exception"/>
    public static IVaeTrainer Resolve(TrainerKind kind, IHost host, IChannel channel)
    {
        try
        {
            var (gpuDeviceId, fallbackToCpu) = Hosting.Devices(host);
            var (trainer, reason, isWarning) = Resolve(kind, gpuDeviceId, fallbackToCpu);
            if (isWarning)
                Hosting.Warning(channel, reason);
            else
                Hosting.Info(channel, reason);
            return trainer;
        }
        catch (InvalidOperationException exception)
        {
            Errors.Marked(host, exception);
            throw;
        }
    }

    /// <summary>
    /// The trainer of a kind, a sentence for the log that says which it is and why, and whether the user should look after it: something
    /// that was asked for is not there.
    /// </summary>
    /// <param name="kind">What was asked for.</param>
    /// <param name="gpuDeviceId">The number of the GPU to train on, or null for the processor.</param>
    /// <param name="fallbackToCpu">Whether the processor will do if there is no such GPU.</param>
    /// <exception cref="InvalidOperationException">
    /// There is no libtorch, or no such GPU, and nothing else will do; the message says what to add.
    /// </exception>
    private static (IVaeTrainer Trainer, string Reason, bool IsWarning) Resolve(TrainerKind kind, int? gpuDeviceId, bool fallbackToCpu)
    {
        if (kind == TrainerKind.Managed) return (new ManagedTrainer(), "Training in managed code, as was asked for.", false);
        bool isAskedFor = kind == TrainerKind.TorchSharp;
        if (OptionalTorch.WhyNot() is not var (reason, isAbsent))
            return OptionalTorch.Choose(gpuDeviceId, fallbackToCpu, isAskedFor ? "as was asked for" : "because libtorch is there");
        if (isAskedFor) throw new InvalidOperationException($"TorchSharp cannot train: {reason}.");
        var trainer = new ManagedTrainer();
        if (gpuDeviceId is not { } id) return (trainer, $"Training in managed code: {reason}.", !isAbsent);
        if (!fallbackToCpu) throw new InvalidOperationException($"GPU {id} cannot be used, and FallbackToCpu is false: {reason}.");
        return (trainer, $"Training in managed code and not on GPU {id}: {reason}.", true);
    }
}
