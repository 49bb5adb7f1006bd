using Microsoft.ML.Runtime;
using Vae.MLNet.Internals;
using Vae.TorchSharp;
using Vae.TorchSharp.Devices;
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

    /// <summary>The trainer of a kind.</summary>
    /// <param name="kind">What was asked for.</param>
    /// <param name="gpuDeviceId">The number of the GPU to train on, or null for the processor.</param>
    /// <param name="fallbackToCpu">Whether the processor will do if there is no such GPU.</param>
    /// <exception cref="InvalidOperationException">
    /// There is no libtorch, or no such GPU, and nothing else will do; the message says what to add.
    /// </exception>
    public static TrainerChoice Resolve(TrainerKind kind, int? gpuDeviceId, bool fallbackToCpu)
    {
        switch (kind)
        {
            case TrainerKind.Managed:
                return new TrainerChoice(new ManagedTrainer(), "Training in managed code, as was asked for.");
            case TrainerKind.TorchSharp:
                TorchLibrary.Require();
                return TorchSharp(gpuDeviceId, fallbackToCpu, "as was asked for");
            default:
                return TorchLibrary.WhyNot is { } reason
                    ? Managed(gpuDeviceId, fallbackToCpu, reason)
                    : TorchSharp(gpuDeviceId, fallbackToCpu, "because libtorch is there");
        }
    }

    private static TrainerChoice Managed(int? gpuDeviceId, bool fallbackToCpu, string reason)
    {
        if (gpuDeviceId is null) return new TrainerChoice(new ManagedTrainer(), $"Training in managed code: {reason}");
        if (!fallbackToCpu) throw new InvalidOperationException($"GPU {gpuDeviceId} cannot be used, and FallbackToCpu is false: {reason}");
        return new TrainerChoice(new ManagedTrainer(), $"Training in managed code and not on GPU {gpuDeviceId}: {reason}", IsWarning: true);
    }

    private static TrainerChoice TorchSharp(int? gpuDeviceId, bool fallbackToCpu, string why)
    {
        var trainer = new TorchTrainer { GpuDeviceId = gpuDeviceId, FallbackToCpu = fallbackToCpu };
        string device = TorchDevice.Describe(TorchDevice.Choose(gpuDeviceId, fallbackToCpu));
        return gpuDeviceId is { } id && TorchDevice.WhyNot(id) is { } reason
            ? new TrainerChoice(trainer, $"Training with TorchSharp ({device}) and not on GPU {id}: {reason}.", IsWarning: true)
            : new TrainerChoice(trainer, $"Training with TorchSharp ({device}), {why}.");
    }
}
