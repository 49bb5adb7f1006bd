namespace Vae.Testing;

/// <summary>A Markdown page whose tables stand between the lines "&lt;!-- begin NAME --&gt;" and "&lt;!-- end NAME --&gt;".</summary>
public static class MarkdownPage
{
    /// <summary>Puts lines where the page has the section, or prints them if there is no page.</summary>
    public static void Write(string? path, string section, IEnumerable<string> lines)
    {
        string text = string.Join('\n', lines);
        if (path is null)
        {
            Console.WriteLine(text);
            return;
        }

        string begin = $"<!-- begin {section} -->";
        string end = $"<!-- end {section} -->";
        string page = File.ReadAllText(path);
        int first = page.IndexOf(begin, StringComparison.Ordinal);
        int last = page.IndexOf(end, StringComparison.Ordinal);
        if (first < 0 || last < first) throw new InvalidDataException($"{path} has no section '{section}'.");
        File.WriteAllText(path, page[..(first + begin.Length)] + "\n\n" + text + "\n\n" + page[last..]);
    }

    /// <summary>
    /// Puts lines where the page has the part of a section, each part standing between the lines of a section of its own, "SECTION PART";
    /// where the page has other parts only, behind them.
    /// </summary>
    public static void WritePart(string path, string section, string part, IEnumerable<string> lines)
    {
        string page = File.ReadAllText(path);
        string name = $"{section} {part}";
        if (!page.Contains($"<!-- begin {name} -->", StringComparison.Ordinal))
        {
            int last = page.LastIndexOf($"<!-- end {section} ", StringComparison.Ordinal);
            if (last < 0) throw new InvalidDataException($"{path} has no section '{section}'.");
            int next = page.IndexOf('\n', last) + 1;
            File.WriteAllText(path, $"{page[..next]}\n<!-- begin {name} -->\n<!-- end {name} -->\n{page[next..]}");
        }

        Write(path, name, lines);
    }
}
