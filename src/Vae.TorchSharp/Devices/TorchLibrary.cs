using System.Reflection;
using System.Runtime.InteropServices;
using TorchSharp;

namespace Vae.TorchSharp.Devices;

/// <summary>
/// Whether this process has a libtorch to train with. The library refers to TorchSharp alone; the application brings the native part.
/// </summary>
public static class TorchLibrary
{
    private const string NativePart = "LibTorchSharp";

    private static readonly Lazy<Finding> Found = new(Load);

    /// <summary>Why libtorch cannot be loaded and what helps, or null if it can. The first call loads it.</summary>
    public static string? WhyNot => Found.Value.Problem;

    /// <summary>Whether libtorch is simply not a part of the application, in contrast to one that is there and cannot be loaded.</summary>
    internal static bool IsAbsent => Found.Value.IsAbsent;

    /// <summary>Does nothing if libtorch can be loaded.</summary>
    /// <exception cref="InvalidOperationException">It cannot; the message says what helps.</exception>
    public static void Require()
    {
        if (WhyNot is { } problem) throw new InvalidOperationException($"TorchSharp cannot train: {problem}.");
    }

    private static Finding Load()
    {
        try
        {
            // TorchSharp writes a page to the console when its native part is missing, so we look first. Where assemblies are loaded
            // straight from package folders, as in notebooks, only TorchSharp itself can find it.
            var assembly = typeof(torch).Assembly;
            if (!NativeLibrary.TryLoad(NativePart, assembly, null, out _) && !IsInPackageFolder(assembly.Location))
            {
                // The package TorchSharp has the native part for some systems, but never the libtorch that it wraps.
                if (FindFile(NativePart, assembly) is not { } file || FindFile("torch", assembly) is null)
                    return new Finding(LoaderMessage.Absent, IsAbsent: true);
                NativeLibrary.Load(file);
            }

            torch.InitializeDeviceType(DeviceType.CPU);
            return new Finding(null);
        }
        catch (Exception exception) when (
            exception is NotSupportedException or TypeInitializationException or DllNotFoundException or BadImageFormatException)
        {
            return new Finding(LoaderMessage.Explain(exception.GetBaseException().Message));
        }
    }

    private static bool IsInPackageFolder(string location)
    {
        string path = location.Replace('\\', '/');
        return path.Contains("/torchsharp/", StringComparison.OrdinalIgnoreCase) && path.Contains("/lib/", StringComparison.Ordinal);
    }

    /// <summary>
    /// A native library in the folders that the runtime looks into: loaded by its path, the loader says what is wrong with it.
    /// </summary>
    private static string? FindFile(string library, Assembly assembly)
    {
        string name = OperatingSystem.IsWindows() ? $"{library}.dll"
            : OperatingSystem.IsMacOS() ? $"lib{library}.dylib"
            : $"lib{library}.so";
        string folders = AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") as string ?? "";
        return folders.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Append(Path.GetDirectoryName(assembly.Location) is { Length: > 0 } own ? own : AppContext.BaseDirectory)
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);
    }

    private sealed record Finding(string? Problem, bool IsAbsent = false);
}
