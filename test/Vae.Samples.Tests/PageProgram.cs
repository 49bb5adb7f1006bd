using System.Globalization;
using System.Runtime.Intrinsics;
using System.Text.RegularExpressions;

namespace Vae.Samples.Tests;

/// <summary>
/// A program on a page, and what the page says that it prints: the fenced blocks after a line
/// <c>&lt;!-- program samples/NAME.cs --&gt;</c>; or the block after <c>&lt;!-- program --&gt;</c> where it has no file, which ends with
/// comments of what it prints. A choice between candidates may be another one where rounding is: <c>at 512 bits</c> behind the name says
/// with which vectors the output was printed, and there is nothing to compare with others.
/// </summary>
/// <param name="Page">The page, as a path in the tree.</param>
/// <param name="Number">Its number on the page.</param>
/// <param name="Sample">The file that it is, as a path in the tree; empty where it is on the page alone.</param>
/// <param name="Bits">The width of vectors that the output is bound to; null if its numbers are near on all processors.</param>
/// <param name="Text">The program.</param>
/// <param name="Output">What it prints.</param>
internal sealed partial record PageProgram(string Page, int Number, string Sample, int? Bits, string Text, string Output)
{
    /// <summary>All programs of the README and of the pages in docs.</summary>
    public static IReadOnlyList<PageProgram> All { get; } =
        [.. Directory.EnumerateFiles(Path.Combine(Tree.Root, "docs"), "*.md").Order(StringComparer.Ordinal)
            .Prepend(Path.Combine(Tree.Root, "README.md")).SelectMany(Read)];

    /// <summary>The text of a sample without the lines for the SDK, which say where the libraries are.</summary>
    public static string WithoutDirectives(string sample) => Directives().Replace(sample, "").TrimStart('\n');

    /// <summary>Whether this processor prints the output of the page, or near enough.</summary>
    public bool IsOutputOfThisProcessor =>
        Bits is null || Bits == (Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128);

    public override string ToString() => $"{Page} {Number}";

    private static IEnumerable<PageProgram> Read(string page)
    {
        string text = Tree.Read(page);
        var matches = WithFile().Matches(text).Concat(WithoutFile().Matches(text)).OrderBy(match => match.Index);
        return matches.Select((match, index) => new PageProgram(
            Tree.Relative(page), index + 1, match.Groups["file"].Value,
            match.Groups["bits"].Success ? int.Parse(match.Groups["bits"].Value, CultureInfo.InvariantCulture) : null,
            match.Groups["program"].Value, match.Groups["output"].Value.Replace("// ", "", StringComparison.Ordinal)));
    }

    [GeneratedRegex(
        """^<!-- program (?<file>samples/\S+)( at (?<bits>\d+) bits)? -->\n+```csharp\n(?<program>.*?)^```\n"""
            + """.*?^```text\n(?<output>.*?)^```$""",
        RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex WithFile();

    [GeneratedRegex(
        """^<!-- program -->\n+```csharp\n(?<program>.*?)(?<output>(^// [^\n]*\n)+)^```$""",
        RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex WithoutFile();

    [GeneratedRegex("^#[!:].*\n", RegexOptions.Multiline)]
    private static partial Regex Directives();
}
