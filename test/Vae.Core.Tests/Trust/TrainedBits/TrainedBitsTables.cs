using System.Globalization;
using Vae.Data;

namespace Vae.Tests.Trust.TrainedBits;

/// <summary>The tables that <see cref="TrainedBitsCases"/> train on. Their bits do not depend on the machine.</summary>
internal static class TrainedBitsTables
{
    public static MatrixRows Wine { get; } = Read("wine.csv", 178);

    public static MatrixRows Credit { get; } = Read("credit_g.csv", 300);

    /// <summary>Every kind of group, missing values, outliers and row weights, some of them 0.</summary>
    public static MatrixRows Mixed { get; } = Make(TestLayouts.Mixed, 200, weighted: true);

    /// <summary>Enough rows for a step on several threads.</summary>
    public static MatrixRows Large { get; } = Make(TestLayouts.Mixed, 560);

    public static MatrixRows Conditional { get; } = Make(TestLayouts.Conditional, 200, weighted: true);

    public static MatrixRows Categories { get; } = Make(TestLayouts.Categories, 200);

    public static MatrixRows Numeric { get; } = Make(TestLayouts.Numeric, 200);

    /// <summary>The first rows of a file without its last column, the class; a column is one-hot unless every cell is a number.</summary>
    public static MatrixRows Read(string file, int count)
    {
        string[][] lines = [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "data", file)).Select(line => line.Split(','))];
        string[] names = lines[0][..^1];
        var rows = lines.AsSpan(1, count);
        var builder = new FeatureLayoutBuilder();
        var slots = new List<float[]>();
        for (int column = 0; column < names.Length; column++)
        {
            var cells = new string[count];
            for (int row = 0; row < count; row++)
                cells[row] = rows[row][column];
            if (cells.All(cell => float.TryParse(cell, CultureInfo.InvariantCulture, out _)))
            {
                builder.Numeric(names[column]);
                slots.Add(Array.ConvertAll(cells, cell => float.Parse(cell, CultureInfo.InvariantCulture)));
                continue;
            }

            string[] categories = [.. cells.Distinct().Order(StringComparer.Ordinal)];
            builder.OneHot(names[column], categories);
            slots.AddRange(categories.Select(category => Array.ConvertAll(cells, cell => cell == category ? 1f : 0f)));
        }

        return new MatrixRows(builder.Build(), Enumerable.Range(0, count).SelectMany(row => slots.Select(slot => slot[row])).ToArray());
    }

    /// <summary>Rows with two hidden causes. Made by exactly rounded operations alone.</summary>
    private static MatrixRows Make(FeatureLayout layout, int count, bool weighted = false)
    {
        var random = new Random(count);
        var values = new float[count * layout.RowWidth];
        for (int row = 0; row < count; row++)
        {
            double first = 2 * random.NextDouble() - 1;
            double second = 2 * random.NextDouble() - 1;
            foreach (var group in layout.Groups.Concat(layout.Conditions))
            {
                var slots = values.AsSpan(row * layout.RowWidth + group.Start, group.Length);
                if (group.Kind == FeatureKind.OneHot)
                    slots[(int)(0.5 * (1 + (group.Start % 2 == 0 ? first : second)) * slots.Length)] = 1;
                for (int i = 0; i < slots.Length; i++)
                {
                    int slot = group.Start + i;
                    double signal = (slot % 3 - 1) * first + (slot % 5 - 2) * second + random.NextDouble() - 0.5;
                    if (group.Kind == FeatureKind.Numeric) slots[i] = (float)(10 * slot + (row % 40 == 39 ? 30 : 1) * (i + 1) * signal);
                    if (group.Kind == FeatureKind.Binary) slots[i] = signal > 0 ? 1 : 0;
                }

                if (random.Next(16) == 0) slots.Fill(float.NaN);
            }
        }

        float[] weights = weighted ? [.. Enumerable.Range(0, count).Select(row => row % 5 * 0.5f)] : [];
        return new MatrixRows(layout, values, weights);
    }
}
