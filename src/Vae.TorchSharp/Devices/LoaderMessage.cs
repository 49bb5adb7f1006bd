using System.Text;
using System.Text.RegularExpressions;
using static System.StringComparison;

namespace Vae.TorchSharp.Devices;

/// <summary>What the loader of the operating system said when it was to load libtorch, in words that help.</summary>
internal static partial class LoaderMessage
{
    /// <summary>Libtorch is not a part of the application.</summary>
    public const string Absent =
        "the application brings no libtorch; one of the packages TorchSharp-cpu, TorchSharp-cuda-linux and TorchSharp-cuda-windows would";

    private const string Helps = "What helps: TorchSharp-cpu 0.102.7 on older systems, a newer system, or the managed trainer";

    /// <summary>Why a libtorch that is there cannot be loaded, and what helps.</summary>
    /// <param name="message">The message of the exception.</param>
    public static string Explain(string message) => $"libtorch is there but cannot be loaded: {Reason(message)}. {Helps}";

    private static string Reason(string message)
    {
        if (MissingVersion().Match(message) is { Success: true } missing)
        {
            string file = missing.Groups["file"].Value;
            string prefix = missing.Groups["prefix"].Value;
            string needed = $"it needs {prefix}_{missing.Groups["version"].Value}";
            return Highest(file, prefix) is { } highest
                ? $"{needed}, this system has up to {highest} ({file})"
                : $"{needed}, which {file} has not";
        }

        // Where .NET precedes the words of the loader with advice of its own, it is one line.
        string[] lines = message.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return lines
            .FirstOrDefault(line => !line.Contains("LD_DEBUG", Ordinal) && !line.Contains("DYLD_PRINT", Ordinal), message).TrimEnd('.');
    }

    /// <summary>The highest version that a library offers, or null if that cannot be found out.</summary>
    private static Version? Highest(string file, string prefix)
    {
        try
        {
            return Regex.Matches(Encoding.Latin1.GetString(File.ReadAllBytes(file)), $@"\b{prefix}_(\d+(?:\.\d+)+)\b")
                .Select(match => Version.Parse(match.Groups[1].Value))
                .Max();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or OverflowException)
        {
            return null;
        }
    }

    [GeneratedRegex(@"^(?<file>.+): version [`'](?<prefix>[A-Z]+)_(?<version>[\d.]+)' not found", RegexOptions.Multiline)]
    private static partial Regex MissingVersion();
}
