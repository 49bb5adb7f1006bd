using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;
using Vae.Data;

namespace Vae.MLNet.Columns;

/// <summary>The slots of one input column: their names, and the runs among them that are not numeric.</summary>
internal sealed class ColumnSlots
{
    private const string CategoricalSlotRanges = "CategoricalSlotRanges";

    /// <summary>Reads what the column's type and annotations say.</summary>
    /// <param name="input">The column.</param>
    /// <param name="column">The same, in its schema.</param>
    /// <param name="qualify">Whether to put the column's name before those of its slots, because there are other columns.</param>
    public ColumnSlots(InputColumn input, DataViewSchema.Column column, bool qualify)
    {
        Input = input;
        Names = ReadNames(input, column, qualify);
        if (input.Kind == InputColumnKind.Key) Runs.Add(new SlotRun(input.Name, FeatureKind.OneHot, 0, input.SlotCount));
        if (input.Kind == InputColumnKind.Boolean) Runs.Add(new SlotRun(input.Name, FeatureKind.Binary, 0, 1));
        if (input.Kind == InputColumnKind.Vector) AddCategoricalRanges(column);
    }

    /// <summary>The column.</summary>
    public InputColumn Input { get; }

    /// <summary>One name per slot.</summary>
    public string[] Names { get; }

    /// <summary>The runs of binary and one-hot slots, in any order; all other slots are numeric.</summary>
    public List<SlotRun> Runs { get; } = [];

    private void AddCategoricalRanges(DataViewSchema.Column column)
    {
        if (column.Annotations.Schema.GetColumnOrNull(CategoricalSlotRanges)?.Type is not VectorDataViewType type) return;
        if (type.ItemType != NumberDataViewType.Int32) return;
        var buffer = default(VBuffer<int>);
        column.Annotations.GetValue(CategoricalSlotRanges, ref buffer);
        int[] bounds = [.. buffer.DenseValues()];
        for (int i = 0; i + 1 < bounds.Length; i += 2)
        {
            var (first, last) = (bounds[i], bounds[i + 1]);
            if (first < 0 || last < first || last >= Names.Length) continue;
            Runs.Add(new SlotRun(GroupName(first, last), FeatureKind.OneHot, first, last - first + 1));
        }
    }

    /// <summary>"housing" for the slots "housing.own" and "housing.rent"; otherwise the column's name with the range.</summary>
    private string GroupName(int first, int last)
    {
        string name = Names[first];
        for (int dot = name.LastIndexOf('.'); dot > 0; dot = name.LastIndexOf('.', dot - 1))
        {
            string prefix = name[..(dot + 1)];
            if (Names[first..(last + 1)].All(other => other.StartsWith(prefix, StringComparison.Ordinal))) return name[..dot];
        }

        return string.Create(CultureInfo.InvariantCulture, $"{Input.Name}[{first}..{last}]");
    }

    private static string[] ReadNames(InputColumn input, DataViewSchema.Column column, bool qualify)
    {
        if (input.Kind is InputColumnKind.Single or InputColumnKind.Boolean) return [input.Name];
        var buffer = default(VBuffer<ReadOnlyMemory<char>>);
        if (input.Kind == InputColumnKind.Vector && column.HasSlotNames())
            column.GetSlotNames(ref buffer);
        else if (input.Kind == InputColumnKind.Key && column.HasKeyValues(TextDataViewType.Instance))
            column.GetKeyValues(ref buffer);
        string[] given = [.. buffer.DenseValues().Select(name => name.ToString())];
        var names = new string[input.SlotCount];
        for (int slot = 0; slot < names.Length; slot++)
        {
            string own = slot < given.Length ? given[slot] : "";
            bool named = own.Length > 0;
            if (!named) own = slot.ToString(CultureInfo.InvariantCulture);
            names[slot] = named && !qualify && input.Kind == InputColumnKind.Vector ? own : $"{input.Name}.{own}";
        }

        return names;
    }
}

/// <summary>A run of neighbouring slots of a column that one likelihood models.</summary>
/// <param name="Name">What the run is called.</param>
/// <param name="Kind">What the slots hold.</param>
/// <param name="Start">The first slot, counted in the column.</param>
/// <param name="Length">The number of slots.</param>
internal sealed record SlotRun(string Name, FeatureKind Kind, int Start, int Length)
{
    /// <summary>The slot after the last one.</summary>
    public int End => Start + Length;
}
