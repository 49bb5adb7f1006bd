using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Transforms;
using Vae.Data;
using Vae.MLNet.Columns;
using Vae.MLNet.Internals;
using Vae.MLNet.Rows;

namespace Vae.MLNet.Synthesis;

/// <summary>Real, synthetic and held-out rows in one layout.</summary>
/// <param name="Real">The training rows.</param>
/// <param name="Synthetic">The synthetic rows.</param>
/// <param name="HeldOut">Real rows that the model has not seen, or null.</param>
/// <param name="Label">The feature to predict, or null.</param>
internal sealed record ComparedTables(ComparedRows Real, ComparedRows Synthetic, ComparedRows? HeldOut, Feature? Label)
{
    /// <summary>Fewer rows say nothing.</summary>
    public const int FewestRows = 10;

    /// <summary>Reads the tables.</summary>
    public static ComparedTables Read(
        IHost host, MLContext mlContext, IDataView real, IDataView synthetic, SyntheticReportOptions options)
    {
        var shared = options.ColumnNames ?? [.. real.Schema.Where(IsComparable).Select(column => column.Name)
            .Where(name => synthetic.Schema.GetColumnOrNull(name) is not null).Distinct()];
        if (shared.Count == 0) throw Errors.Argument(host, nameof(synthetic), "The tables have no column in common that can be compared.");
        if (options.LabelColumnName is { } name && !shared.Contains(name)) shared = [.. shared, name];
        var texts = TextsToKeys(mlContext, real, shared);
        var data = texts?.Transform(real) ?? real;
        InputColumn[] inputs =
            [.. shared.Select(column => InputColumn.Find(host, data.Schema, nameof(real), column, InputColumnRole.Modelled))];
        var layout = LayoutReader.Read(host, data.Schema, inputs, new Dictionary<string, FeatureKind>());
        var label = options.LabelColumnName is { } labelName ? LabelOf(host, layout, labelName) : null;
        return new ComparedTables(
            Rows(data, nameof(real)), Rows(synthetic, nameof(synthetic)),
            options.HeldOut is { } heldOut ? Rows(heldOut, nameof(options.HeldOut)) : null, label);

        ComparedRows Rows(IDataView view, string parameter)
        {
            if (view != data) view = texts?.Transform(view) ?? view;
            foreach (var input in inputs)
                input.Bind(host, view.Schema, parameter);
            using var reader = new DataViewRows(host, view, inputs, layout, null).Open();
            var rows = new float[(long)options.MostRows * layout.RowWidth];
            int count = 0;
            while (count < options.MostRows && reader.Read(rows.AsSpan(count * layout.RowWidth), default) is > 0 and var read)
                count += read;
            if (count < FewestRows) throw Errors.Data(host, $"'{parameter}' has {count} rows, too few to compare.");
            return new ComparedRows(layout, rows[..(count * layout.RowWidth)]);
        }
    }

    private static bool IsComparable(DataViewSchema.Column column) => !column.IsHidden
        && (column.Type is TextDataViewType || InputColumn.IsReadable(column.Type));

    /// <summary>Texts become keys of the values that real rows have; others are missing.</summary>
    private static ValueToKeyMappingTransformer? TextsToKeys(MLContext mlContext, IDataView real, IEnumerable<string> columns)
    {
        InputOutputColumnPair[] texts = [.. columns.Where(name => real.Schema.GetColumnOrNull(name)?.Type is TextDataViewType)
            .Select(name => new InputOutputColumnPair(name))];
        return texts.Length == 0 ? null : mlContext.Transforms.Conversion.MapValueToKey(texts).Fit(real);
    }

    private static Feature LabelOf(IHost host, FeatureLayout layout, string name)
    {
        var label = layout.Features.FirstOrDefault(feature => feature.Name == name);
        if (label is { Kind: not FeatureKind.Numeric }) return label;
        throw Errors.WrongType(host, "real", "label", name, "Boolean, key or text", "Single or a vector");
    }
}

/// <summary>Rows in memory, NaN (or an empty one-hot group) where a value is missing.</summary>
internal sealed class ComparedRows(FeatureLayout layout, float[] values)
{
    public FeatureLayout Layout => layout;

    public int Count => values.Length / layout.RowWidth;

    public ReadOnlySpan<float> this[int row] => values.AsSpan(row * layout.RowWidth, layout.RowWidth);

    /// <summary>The values of a slot.</summary>
    public float[] Column(int slot) => [.. Enumerable.Range(0, Count).Select(row => this[row][slot])];
}
