using System.Reflection;
using System.Runtime.CompilerServices;
using Vae.TorchSharp;
using Vae.TorchSharp.Devices;
using Vae.Training;

namespace Vae.MLNet;

/// <summary>
/// The one type that names types of Vae.TorchSharp: an application may lack that assembly, TorchSharp's, or libtorch. The runtime loads an
/// assembly when it compiles a method that names a type of it, so these methods must not be inlined.
/// </summary>
internal static class OptionalTorch
{
    /// <summary>Why TorchSharp cannot train, and whether only because it is no part of the application; or null if it can.</summary>
    public static (string Reason, bool IsAbsent)? WhyNot()
    {
        try
        {
            return AskLibrary();
        }
        catch (FileNotFoundException exception) when (exception.FileName is { } name)
        {
            // The runtime says so, too, where the file is there and older than the one that it was compiled with.
            var assembly = new AssemblyName(name);
            return (
                $"the application has no {assembly.Name}.dll of version {assembly.Version} or later; the package {assembly.Name} brings it",
                true);
        }
        catch (Exception exception) when (exception is FileLoadException or BadImageFormatException)
        {
            return (exception.Message.TrimEnd('.'), false);
        }
    }

    /// <summary>The trainer, and what the log says of it; only where <see cref="WhyNot"/> has nothing to say.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static (IVaeTrainer Trainer, string Reason, bool IsWarning) Choose(int? gpuDeviceId, bool fallbackToCpu, string why)
    {
        var trainer = new TorchTrainer { GpuDeviceId = gpuDeviceId, FallbackToCpu = fallbackToCpu };
        return gpuDeviceId is { } id && TorchDevice.WhyNot(id) is { } reason
            ? (trainer, $"Training with TorchSharp ({trainer.DeviceName}) and not on GPU {id}: {reason}.", true)
            : (trainer, $"Training with TorchSharp ({trainer.DeviceName}), {why}.", false);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (string Reason, bool IsAbsent)? AskLibrary() =>
        TorchLibrary.WhyNot is { } reason ? (reason, TorchLibrary.IsAbsent) : null;
}
