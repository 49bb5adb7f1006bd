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
}
