using System.Runtime.InteropServices;
using TorchSharp;

namespace Vae.TorchSharp.Devices;

/// <summary>Whether this process has a libtorch to train with. The library refers to TorchSharp alone; the application brings the native part.</summary>
public static class TorchLibrary
{
    private static readonly Lazy<string?> Problem = new(Load);

    /// <summary>Why libtorch cannot be loaded and which packages bring it, or null if it can. The first call loads it.</summary>
    public static string? WhyNot => Problem.Value;

    /// <summary>Does nothing if libtorch can be loaded.</summary>
    /// <exception cref="InvalidOperationException">It cannot; the message names the packages that bring it.</exception>
    public static void Require()
    {
        if (Problem.Value is { } problem) throw new InvalidOperationException(problem);
    }

    private static string? Load()
    {
        try
        {
            // TorchSharp writes a page to the console when its native part is missing, so we look first. Where assemblies are loaded straight
            // from package folders, as in notebooks, only TorchSharp itself can find it.
            var assembly = typeof(torch).Assembly;
            if (!NativeLibrary.TryLoad("LibTorchSharp", assembly, null, out _) && !IsInPackageFolder(assembly.Location))
                return Explain("its native part, LibTorchSharp, is not there or lacks a library that it needs");
            torch.InitializeDeviceType(DeviceType.CPU);
            return null;
        }
        catch (Exception exception) when (exception is NotSupportedException or TypeInitializationException or DllNotFoundException or BadImageFormatException)
        {
            return Explain(exception.GetBaseException().Message.Split('\n')[0].TrimEnd());
        }
    }

    private static bool IsInPackageFolder(string location) =>
        location.Replace('\\', '/').Contains("/torchsharp/", StringComparison.OrdinalIgnoreCase) && location.Replace('\\', '/').Contains("/lib/", StringComparison.Ordinal);

    private static string Explain(string reason) =>
        $"TorchSharp cannot load libtorch: {reason}. Add one of the packages TorchSharp-cpu, TorchSharp-cuda-linux or TorchSharp-cuda-windows to the "
        + "application, or choose the managed trainer, which needs none.";
}
