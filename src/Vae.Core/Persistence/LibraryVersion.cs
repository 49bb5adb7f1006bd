using System.Reflection;

namespace Vae.Persistence;

/// <summary>
/// The version of the library as files name it: that of the package, such as 0.1.0 or 0.2.0-preview.1. The assembly's own version does not
/// tell it, because that stays the same for as long as assemblies may replace one another.
/// </summary>
internal static class LibraryVersion
{
    /// <summary>This version.</summary>
    public static string Current { get; } = Of(typeof(LibraryVersion).Assembly);

    /// <summary>Whether a file names a newer version than this one; false if it names none.</summary>
    public static bool IsNewer(string version) => Numbers(version) is { } other && other > Numbers(Current);

    /// <summary>The version that an assembly's attributes tell.</summary>
    /// <param name="informational">The informational version: the package's, with the commit behind a plus sign; or null.</param>
    /// <param name="file">The file version, which has four numbers; or null.</param>
    public static string Of(string? informational, string? file)
    {
        string version = (informational ?? "").Split('+')[0].Trim();
        if (Numbers(version) is not null) return version;
        return Numbers(file ?? "") is { Build: >= 0 } numbers ? numbers.ToString(3) : "0.0.0";
    }

    private static string Of(Assembly assembly) => Of(
        assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion,
        assembly.GetCustomAttribute<AssemblyFileVersionAttribute>()?.Version);

    /// <summary>The numbers of a version, without the name of a preview; null if it has none.</summary>
    private static Version? Numbers(string version) => Version.TryParse(version.Split('-', '+')[0], out var numbers) ? numbers : null;
}
