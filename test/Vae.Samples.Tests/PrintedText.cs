using System.Globalization;
using System.Text.RegularExpressions;

namespace Vae.Samples.Tests;

/// <summary>
/// Compares what programs print. The same seed gives the same model on processors of one vector width only, so that figures are not the
/// same everywhere: words must be equal, and numbers near.
/// </summary>
internal static partial class PrintedText
{
    /// <summary>How far a number may be from the one on the page, as a part of it.</summary>
    private const double Tolerance = 0.15;

    /// <summary>And how far in any case, in units of the last digit that is printed.</summary>
    private const double Units = 6;

    /// <summary>The first difference that matters, in words; null if there is none.</summary>
    public static string? Difference(string page, string printed)
    {
        string[] expected = page.TrimEnd().Split('\n'), actual = printed.ReplaceLineEndings("\n").TrimEnd().Split('\n');
        for (int line = 0; line < Math.Max(expected.Length, actual.Length); line++)
        {
            var (of, by) = (expected.ElementAtOrDefault(line), actual.ElementAtOrDefault(line));
            if (of is null || by is null || !AreNear(of.TrimEnd(), by.TrimEnd()))
                return $"Line {line + 1} is\n{by}\nand the page has\n{of}";
        }

        return null;
    }

    private static bool AreNear(string page, string printed)
    {
        if (Words(page) != Words(printed)) return false;
        return Number().Matches(page).Zip(Number().Matches(printed)).All(pair => AreNearNumbers(pair.First.Value, pair.Second.Value));
    }

    private static bool AreNearNumbers(string page, string printed)
    {
        double expected = double.Parse(page, CultureInfo.InvariantCulture), actual = double.Parse(printed, CultureInfo.InvariantCulture);
        int point = page.IndexOf('.', StringComparison.Ordinal);
        double unit = Math.Pow(10, point < 0 ? 0 : point + 1 - page.Length);
        return Math.Abs(actual - expected) <= Math.Max(Tolerance * Math.Abs(expected), Units * unit);
    }

    // Columns of figures are set to the right, so that the number of blanks says how long they are.
    private static string Words(string line) => Blanks().Replace(Number().Replace(line, "#"), " ");

    [GeneratedRegex(@"(?<![\w.])-?\d+(\.\d+)?")]
    private static partial Regex Number();

    [GeneratedRegex(" +")]
    private static partial Regex Blanks();
}
