using System.Globalization;
using System.Text.RegularExpressions;

namespace Vae.Build;

/// <summary>
/// Finds lines of code that are longer than <c>.editorconfig</c> declares; no tool of .NET looks at that rule.
/// </summary>
public static partial class LineLength
{
    /// <summary>Every line of C# that is too long, as "path:line: length".</summary>
    public static IReadOnlyList<string> FindTooLong(Repository repository)
    {
        int most = Declared(File.ReadAllText(Path.Combine(repository.Root, ".editorconfig")));
        return
        [
            .. from file in repository.FindSources()
               from line in File.ReadLines(file).Index()
               let length = new StringInfo(line.Item).LengthInTextElements
               where length > most
               select FormattableString.Invariant(
                   $"{repository.Relative(file)}:{line.Index + 1}: {length} characters, and {most} are declared"),
        ];
    }

    private static int Declared(string settings) =>
        MaxLineLength().Match(settings) is { Success: true } match
            ? int.Parse(match.Groups["length"].Value, CultureInfo.InvariantCulture)
            : throw new BuildException(".editorconfig declares no max_line_length.", "");

    [GeneratedRegex(@"^max_line_length *= *(?<length>\d+)", RegexOptions.Multiline)]
    private static partial Regex MaxLineLength();
}
