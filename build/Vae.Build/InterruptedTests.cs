using System.Xml.Linq;

namespace Vae.Build;

/// <summary>The tests that were running when a test host crashed, or was stopped because it hung.</summary>
public static class InterruptedTests
{
    /// <summary>Reads the names from the sequence files that <c>dotnet test --blame</c> leaves of a broken run.</summary>
    public static IReadOnlyList<string> Read(string resultsFolder) =>
        [.. Directory.EnumerateFiles(resultsFolder, "Sequence_*.xml", SearchOption.AllDirectories)
            .SelectMany(path => XDocument.Load(path).Descendants("Test"))
            .Where(test => (string?)test.Attribute("Completed") == "False")
            .Select(test => (string?)test.Attribute("DisplayName") ?? "")
            .Distinct()];
}
