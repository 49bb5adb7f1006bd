// Uses closed members of ML.NET: see build/FriendAccess and MLNetInternals.txt.
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Vae.MLNet.Internals;

/// <summary>What a component learns from the environment that it runs in, and what it tells it.</summary>
internal static class Hosting
{
    /// <summary>The environment behind a catalog.</summary>
    public static IHostEnvironment EnvironmentOf(TransformsCatalog catalog) => CatalogUtils.GetEnvironment(catalog);

    /// <summary>The environment behind a catalog of trainers.</summary>
    public static IHostEnvironment EnvironmentOf(TrainCatalogBase catalog) => CatalogUtils.GetEnvironment(catalog);

    /// <summary>The operations on tables of an environment.</summary>
    public static DataOperationsCatalog DataOperations(IHostEnvironment environment) => new(environment);

    /// <summary>The folder for temporary files.</summary>
    public static string? TemporaryFolder(IHostEnvironment environment) => (environment as IHostEnvironmentInternal)?.TempFilePath;

    /// <summary>
    /// The number of the GPU to compute on, or null for the processor, and whether the processor will do if there is no such GPU.
    /// </summary>
    public static (int? GpuDeviceId, bool FallbackToCpu) Devices(IHostEnvironment environment) =>
        environment is IHostEnvironmentInternal settings ? (settings.GpuDeviceId, settings.FallbackToCpu) : (null, true);

    /// <summary>Whether the host was told to stop, as AutoML does when its time is over.</summary>
    public static bool IsCanceled(IHostEnvironment environment) => environment is ICancelable { IsCanceled: true };

    /// <summary>Throws what ML.NET throws when the host was told to stop.</summary>
    public static void ThrowIfCanceled(IHostEnvironment environment) => Contracts.CheckAlive(environment);

    /// <summary>Details, for whoever looks closely.</summary>
    public static void Trace(IChannel channel, string message) => HostExtensions.Trace(channel, message);

    /// <summary>News.</summary>
    public static void Info(IChannel channel, string message) => HostExtensions.Info(channel, message);

    /// <summary>Something that should be looked after.</summary>
    public static void Warning(IChannel channel, string message) => HostExtensions.Warning(channel, message);
}
