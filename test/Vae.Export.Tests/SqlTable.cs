using System.Globalization;
using FluentAssertions;
using Vae.Data;

namespace Vae.Export.Tests;

/// <summary>A table "t" with the first rows of a case, and what a query over it must give.</summary>
internal static class SqlTable
{
    /// <summary>The number of rows.</summary>
    public const int Count = 60;

    private static readonly ScoringOutputs[] Outputs =
    [
        ScoringOutputs.Embedding, ScoringOutputs.LogVariance, ScoringOutputs.Score, ScoringOutputs.CellScores,
        ScoringOutputs.Reconstruction,
    ];

    /// <summary>A table as people have it: categories as texts, NULL for what is missing.</summary>
    public static string Script(FeatureLayout layout, float[] rows, string noCategory = "")
    {
        var columns = new List<(string Name, string Type, Func<int, string> Value)> { ("id", "INTEGER", row => $"{row}") };
        foreach (var group in layout.Groups.Concat(layout.Conditions))
        {
            if (group.Kind == FeatureKind.OneHot)
            {
                columns.Add((group.Name, "VARCHAR", row => Category(group, rows.AsSpan(row * layout.RowWidth), noCategory)));
                continue;
            }

            for (int slot = group.Start; slot < group.End; slot++)
            {
                int at = slot;
                columns.Add((layout.GetSlotName(slot), "DOUBLE PRECISION", row => Number(rows[row * layout.RowWidth + at])));
            }
        }

        var definitions = columns.Select(column => $"\"{column.Name.Replace("\"", "\"\"")}\" {column.Type}");
        var values = Enumerable.Range(0, rows.Length / layout.RowWidth)
            .Select(row => $"({string.Join(", ", columns.Select(column => column.Value(row)))})");
        return $"CREATE TABLE t ({string.Join(", ", definitions)}); INSERT INTO t VALUES {string.Join(", ", values)};";
    }

    /// <summary>Compares the rows of all outputs, "id" before them, with what the model computes.</summary>
    public static void Compare(ExportCase item, double[][] results)
    {
        results.Select(row => (int)row[0]).Should().Equal(Enumerable.Range(0, Count));
        int column = 1;
        foreach (var output in Outputs)
        {
            int width = item.Width(output);
            float[] values = [.. results.SelectMany(row => row.Skip(column).Take(width)).Select(value => (float)value)];
            item.Difference(output, values).Should().BeLessThan(1e-4, "of {0}", output);
            column += width;
        }

        results[0].Should().HaveCount(column);
    }

    private static string Category(FeatureGroup group, ReadOnlySpan<float> row, string none)
    {
        int code = row.Slice(group.Start, group.Length).IndexOf(1f);
        if (code >= 0) return $"'{group.SlotNames[code].Replace("'", "''")}'";
        return none.Length > 0 ? $"'{none}'" : "NULL";
    }

    private static string Number(float value) =>
        float.IsNaN(value) ? "NULL" : ((double)value).ToString("E17", CultureInfo.InvariantCulture);
}
