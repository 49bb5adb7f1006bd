using System.Globalization;

namespace Vae.Evaluation.Data;

/// <summary>A table from a CSV file with a header row and without quotes; the last column is the label.</summary>
internal sealed class CsvTable
{
    private const string Missing = "?";

    private CsvTable(string[] columns, string[][] rows)
    {
        Columns = columns;
        Rows = rows;
    }

    public string[] Columns { get; }

    public string[][] Rows { get; }

    public int LabelColumn => Columns.Length - 1;

    public static CsvTable Read(string path)
    {
        string[] lines = File.ReadAllLines(path);
        string[] columns = lines[0].Split(',');
        string[][] rows = [.. lines.Skip(1).Where(line => line.Length > 0).Select(line => line.Split(','))];
        for (int row = 0; row < rows.Length; row++)
        {
            if (rows[row].Length != columns.Length)
                throw new InvalidDataException($"{path}, row {row + 1}: {rows[row].Length} values in {columns.Length} columns.");
        }

        return new CsvTable(columns, rows);
    }

    /// <summary>Whether every value of the column is a number or missing.</summary>
    public bool IsNumeric(int column) => Rows.All(row => row[column] == Missing || TryParse(row[column], out _));

    /// <summary>The value as a number; NaN where it is missing.</summary>
    public float Number(int row, int column) => TryParse(Rows[row][column], out float number) ? number : float.NaN;

    /// <summary>The column's values but the missing ones, each once, in ordinal order.</summary>
    public string[] Categories(int column) =>
        [.. Rows.Select(row => row[column]).Where(value => value != Missing).Distinct().Order(StringComparer.Ordinal)];

    private static bool TryParse(string text, out float number) => float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number);
}
