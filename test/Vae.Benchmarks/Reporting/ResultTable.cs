using System.Globalization;

namespace Vae.Benchmarks.Reporting;

/// <summary>A Markdown table: the first column names, the others hold numbers.</summary>
internal sealed class ResultTable(params string[] columns)
{
    private readonly List<string[]> _rows = [columns];

    /// <summary>Adds a row; null is a number that was not measured.</summary>
    public void Add(params FormattableString?[] cells) =>
        _rows.Add([.. cells.Select(cell => cell is null ? "–" : cell.ToString(CultureInfo.InvariantCulture))]);

    /// <summary>The table's lines, padded so that they can be read on a console too.</summary>
    public IEnumerable<string> Lines()
    {
        int[] widths = [.. columns.Select((_, column) => _rows.Max(row => row[column].Length))];
        yield return Line(_rows[0], widths);
        yield return Line([.. widths.Select((width, column) => new string('-', width - 1) + (column == 0 ? '-' : ':'))], widths);
        foreach (string[] row in _rows.Skip(1))
            yield return Line(row, widths);
    }

    private static string Line(string[] cells, int[] widths) =>
        $"| {string.Join(" | ", cells.Zip(widths).Select((cell, column) => Padded(cell.First, cell.Second, column)))} |";

    private static string Padded(string cell, int width, int column) => column == 0 ? cell.PadRight(width) : cell.PadLeft(width);
}
