using System.Globalization;

namespace Vae.Diagnostics;

/// <summary>Findings in the order in which they are made, and how they are worded.</summary>
internal sealed class FindingList
{
    private readonly List<Finding> _findings = [];

    public IReadOnlyList<Finding> All => _findings;

    public void Warn(FindingKind kind, string message) => _findings.Add(new Finding(kind, message, true));

    public void Note(FindingKind kind, string message) => _findings.Add(new Finding(kind, message, false));

    /// <summary>The first names, and whether there are more.</summary>
    public static string Names(IEnumerable<string> names)
    {
        const int named = 5;
        string[] all = [.. names];
        return string.Join(", ", all.Take(named)) + (all.Length > named ? ", …" : "");
    }

    public static string Are(int count) => count == 1 ? "is" : "are";

    public static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
