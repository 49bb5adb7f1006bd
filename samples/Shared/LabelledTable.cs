using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using Vae.Data;

namespace Vae.Samples;

/// <summary>
/// A table from a CSV file with a header row whose last column is a class. Columns of numbers are numeric slots, others one-hot groups;
/// "?" and nothing are missing values.
/// </summary>
public sealed class LabelledTable
{
    private LabelledTable(string name, FeatureLayout layout, float[] values, int[] labels, string[] classes)
    {
        Name = name;
        Layout = layout;
        Values = values;
        Labels = labels;
        Classes = classes;
    }

    /// <summary>What the table is called.</summary>
    public string Name { get; }

    /// <summary>The columns but the last one, each a group.</summary>
    public FeatureLayout Layout { get; }

    /// <summary>The rows one behind the other, in original units, NaN where a value is missing.</summary>
    public float[] Values { get; }

    /// <summary>The class of each row, as an index into <see cref="Classes"/>.</summary>
    public int[] Labels { get; }

    /// <summary>The names of the classes, in ordinal order.</summary>
    public string[] Classes { get; }

    /// <summary>The number of rows.</summary>
    public int Count => Labels.Length;

    /// <summary>Reads a file, after which the table is called.</summary>
    public static LabelledTable Read(string path)
    {
        using var csv = new CsvReader(
            new StreamReader(path), new CsvConfiguration(CultureInfo.InvariantCulture) { DetectColumnCountChanges = true });
        csv.Read();
        csv.ReadHeader();
        var rows = new List<string[]>();
        while (csv.Read())
            rows.Add(csv.Parser.Record!);
        string[][] columns =
            [.. Enumerable.Range(0, csv.HeaderRecord!.Length).Select(column => rows.Select(row => row[column]).ToArray())];

        var builder = new FeatureLayoutBuilder();
        foreach (var (name, cells) in csv.HeaderRecord.Zip(columns).SkipLast(1))
        {
            if (cells.All(cell => IsMissing(cell) || TryParse(cell, out _)))
                builder.Numeric(name);
            else
                builder.OneHot(name, Categories(cells));
        }

        var layout = builder.Build();
        var values = new float[rows.Count * layout.RowWidth];
        foreach (var (group, cells) in layout.Groups.Zip(columns))
        {
            string[] categories = [.. group.SlotNames];
            for (int row = 0; row < cells.Length; row++)
                Encode(cells[row], group.Kind, categories, values.AsSpan(row * layout.RowWidth + group.Start, group.Length));
        }

        string[] classes = Categories(columns[^1]);
        int[] labels = Array.ConvertAll(columns[^1], cell => Array.IndexOf(classes, cell));
        return new LabelledTable(Path.GetFileNameWithoutExtension(path), layout, values, labels, classes);
    }

    /// <summary>The same rows with a label that tells whether they are anomalies: 1 for those of one class, 0 for the others.</summary>
    public LabelledTable Against(string anomaly)
    {
        int index = Array.IndexOf(Classes, anomaly);
        if (index < 0) throw new ArgumentException($"{Name} has no class '{anomaly}', only {string.Join(", ", Classes)}.");
        return new LabelledTable(
            $"{Name}:{anomaly}", Layout, Values, Array.ConvertAll(Labels, label => label == index ? 1 : 0), ["normal", anomaly]);
    }

    /// <summary>Some of the rows, one behind the other.</summary>
    public float[] Take(IEnumerable<int> rows) =>
        [.. rows.SelectMany(row => Values[(row * Layout.RowWidth)..((row + 1) * Layout.RowWidth)])];

    /// <summary>The labels of some of the rows.</summary>
    public int[] TakeLabels(IEnumerable<int> rows) => [.. rows.Select(row => Labels[row])];

    private static void Encode(string cell, FeatureKind kind, string[] categories, Span<float> slots)
    {
        if (kind == FeatureKind.Numeric)
            slots[0] = TryParse(cell, out float number) ? number : float.NaN;
        else if (!IsMissing(cell))
            slots[Array.IndexOf(categories, cell)] = 1;
    }

    private static string[] Categories(string[] cells) =>
        [.. cells.Where(cell => !IsMissing(cell)).Distinct().Order(StringComparer.Ordinal)];

    private static bool IsMissing(string cell) => cell is "" or "?";

    private static bool TryParse(string cell, out float number) =>
        float.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out number);
}
