using System.Globalization;
using Vae.Data;

namespace Vae.Benchmarks.Torch;

/// <summary>A comma-separated table with a header row whose last column is a class, which is left out.</summary>
internal static class CsvTable
{
    /// <summary>Reads the table: a column of numbers is numeric, any other one one-hot; "?" and nothing are missing.</summary>
    public static MatrixRows Read(string path)
    {
        string[][] lines = [.. File.ReadLines(path).Where(line => line.Length > 0).Select(line => line.Split(','))];
        string[] names = lines[0][..^1];
        string[][] rows = lines[1..];
        var builder = new FeatureLayoutBuilder();
        var categories = names.Select((_, column) => Categories([.. rows.Select(row => row[column])])).ToArray();
        for (int column = 0; column < names.Length; column++)
        {
            if (categories[column] is { } values)
                builder.OneHot(names[column], values);
            else
                builder.Numeric(names[column]);
        }

        var layout = builder.Build();
        var matrix = new float[rows.Length * layout.RowWidth];
        for (int row = 0; row < rows.Length; row++)
        {
            for (int column = 0; column < names.Length; column++)
            {
                int start = row * layout.RowWidth + layout.Groups[column].Start;
                string value = rows[row][column];
                if (categories[column] is not { } values)
                    matrix[start] = IsMissing(value) ? float.NaN : float.Parse(value, CultureInfo.InvariantCulture);
                else if (!IsMissing(value))
                    matrix[start + Array.IndexOf(values, value)] = 1;
            }
        }

        return new MatrixRows(layout, matrix);
    }

    private static string[]? Categories(string[] values) =>
        values.All(value => IsMissing(value) || float.TryParse(value, CultureInfo.InvariantCulture, out _))
            ? null
            : [.. values.Where(value => !IsMissing(value)).Distinct().Order(StringComparer.Ordinal)];

    private static bool IsMissing(string value) => value is "" or "?";
}
