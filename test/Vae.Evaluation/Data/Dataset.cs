using Vae.Data;

namespace Vae.Evaluation.Data;

/// <summary>A table ready for training: numeric columns as numeric slots, text columns as one-hot groups, and a label per row.</summary>
internal sealed class Dataset
{
    private Dataset(string name, FeatureLayout layout, float[] values, int[] labels, string[] classes)
    {
        Name = name;
        Layout = layout;
        Values = values;
        Labels = labels;
        Classes = classes;
    }

    public string Name { get; }

    public FeatureLayout Layout { get; }

    /// <summary>The rows one behind the other, in original units, NaN where a value is missing.</summary>
    public float[] Values { get; }

    /// <summary>The class of each row, as an index into <see cref="Classes"/>.</summary>
    public int[] Labels { get; }

    /// <summary>The names of the classes, in ordinal order.</summary>
    public string[] Classes { get; }

    public int Count => Labels.Length;

    public static Dataset Load(string folder, string name)
    {
        var table = CsvTable.Read(Path.Combine(folder, name + ".csv"));
        var layout = LayoutOf(table);
        string[] classes = table.Categories(table.LabelColumn);
        var values = new float[table.Rows.Length * layout.SlotCount];
        for (int row = 0; row < table.Rows.Length; row++)
            Encode(table, row, layout, values.AsSpan(row * layout.SlotCount, layout.SlotCount));
        int[] labels = [.. table.Rows.Select(row => Array.IndexOf(classes, row[table.LabelColumn]))];
        return new Dataset(name, layout, values, labels, classes);
    }

    /// <summary>The same rows with a label that tells whether they are anomalies: 1 for those of one class, 0 for the others.</summary>
    public Dataset Against(string anomaly)
    {
        int index = Array.IndexOf(Classes, anomaly);
        if (index < 0) throw new ArgumentException($"{Name} has no class '{anomaly}', only {string.Join(", ", Classes)}.");
        return new Dataset($"{Name}:{anomaly}", Layout, Values, Array.ConvertAll(Labels, label => label == index ? 1 : 0), ["normal", anomaly]);
    }

    /// <summary>Some of the rows, one behind the other.</summary>
    public float[] Take(ReadOnlySpan<int> rows)
    {
        int width = Layout.SlotCount;
        var taken = new float[rows.Length * width];
        for (int i = 0; i < rows.Length; i++)
            Values.AsSpan(rows[i] * width, width).CopyTo(taken.AsSpan(i * width));
        return taken;
    }

    /// <summary>The labels of some of the rows.</summary>
    public int[] TakeLabels(int[] rows) => Array.ConvertAll(rows, row => Labels[row]);

    private static FeatureLayout LayoutOf(CsvTable table)
    {
        var builder = new FeatureLayoutBuilder();
        for (int column = 0; column < table.LabelColumn; column++)
        {
            if (table.IsNumeric(column))
                builder.Numeric(table.Columns[column]);
            else
                builder.OneHot(table.Columns[column], table.Categories(column));
        }

        return builder.Build();
    }

    private static void Encode(CsvTable table, int row, FeatureLayout layout, Span<float> values)
    {
        for (int column = 0; column < table.LabelColumn; column++)
        {
            var group = layout.Groups[column];
            if (group.Kind == FeatureKind.Numeric)
            {
                values[group.Start] = table.Number(row, column);
                continue;
            }

            int category = group.SlotNames.ToList().IndexOf(table.Rows[row][column]);
            if (category >= 0) values[group.Start + category] = 1;
        }
    }
}
