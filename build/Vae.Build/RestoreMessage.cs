using System.Text.Json;
using System.Text.RegularExpressions;

namespace Vae.Build;

/// <summary>One entry of the log that NuGet leaves in a project's assets file.</summary>
/// <param name="Code">For example <c>NU1101</c>.</param>
/// <param name="IsError">Whether it kept the project from being restored.</param>
/// <param name="Package">The package concerned, or an empty string.</param>
/// <param name="Text">NuGet's words.</param>
public sealed partial record RestoreMessage(string Code, bool IsError, string Package, string Text)
{
    private static readonly string[] NotOfferedCodes = ["NU1101", "NU1102", "NU1103"];

    /// <summary>Whether the sources answered, and the answer was that they have no such package or no such version.</summary>
    public bool SaysNotOffered => IsError && NotOfferedCodes.Contains(Code);

    /// <summary>Whether the sources lack the version asked for, and NuGet took the next newer one.</summary>
    public bool SaysSubstituted => Code == "NU1603";

    /// <summary>What NuGet took instead of what, in few words where its own are as they have always been.</summary>
    public string Substitution => Replacement().Match(Text) is { Success: true } match ? match.Result("$1 $3 instead of $2") : Text;

    /// <summary>Reads the log of a project. A project that was never restored has none.</summary>
    /// <param name="assetsFile">The path of its <c>project.assets.json</c>.</param>
    public static IReadOnlyList<RestoreMessage> Read(string assetsFile)
    {
        if (!File.Exists(assetsFile))
            return [];

        using var assets = JsonDocument.Parse(File.ReadAllBytes(assetsFile));
        return assets.RootElement.TryGetProperty("logs", out var log) ? [.. log.EnumerateArray().Select(Parse)] : [];
    }

    /// <summary>What NuGet says in some messages, each once and on a line of its own.</summary>
    public static string Words(IEnumerable<RestoreMessage> messages) =>
        string.Join(Environment.NewLine, messages.Select(message => $"{message.Code}: {message.Text}").Distinct());

    private static RestoreMessage Parse(JsonElement entry)
    {
        return new RestoreMessage(Text("code"), Text("level") == "Error", Text("libraryId"), Text("message"));

        string Text(string property) => entry.TryGetProperty(property, out var value) ? value.GetString() ?? "" : "";
    }

    [GeneratedRegex(@"but (\S+) (\S+) was not found\. \1 (\S+) was resolved instead")]
    private static partial Regex Replacement();
}
