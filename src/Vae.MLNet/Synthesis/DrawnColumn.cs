using System.Globalization;
using System.Numerics.Tensors;
using Microsoft.ML;
using Microsoft.ML.Data;
using Vae.Data;
using Vae.MLNet.Columns;

namespace Vae.MLNet.Synthesis;

/// <summary>A column of new rows: its schema, and how its value is made of the row's slots.</summary>
/// <param name="Column">Name, type and annotations.</param>
/// <param name="CreateGetter">Makes the getter of a column, given what the current row is.</param>
internal sealed record DrawnColumn(DataViewSchema.DetachedColumn Column, Func<CurrentRow, Delegate> CreateGetter)
{
    /// <summary>The columns of a model's rows.</summary>
    public static DrawnColumn[] Of(FeatureLayout layout, IReadOnlyList<InputColumn> inputs, SyntheticColumns wanted)
    {
        var columns = new List<DrawnColumn>();
        int start = 0;
        foreach (var input in inputs)
        {
            int end = start + input.SlotCount;
            FeatureGroup[] groups = [.. layout.AllGroups.Where(group => group.Start >= start && group.Start < end)];
            if (wanted.HasFlag(SyntheticColumns.Inputs)) columns.Add(Input(input, groups, start));
            start = end;
        }

        if (!wanted.HasFlag(SyntheticColumns.Features)) return [.. columns];
        var features = layout.AllGroups.SelectMany(Feature.Of).ToArray();
        string[] taken = [.. columns.Select(column => column.Column.Name)];
        string[] names = [.. features.Select(feature => WithoutColumn(feature.Name, inputs))];
        for (int i = 0; i < features.Length; i++)
        {
            bool isUnique = names.Count(name => name == names[i]) == 1 && !taken.Contains(names[i]);
            string name = isUnique ? names[i] : features[i].Name;
            if (!taken.Contains(name)) columns.Add(Of(features[i], name));
        }

        return [.. columns];
    }

    /// <summary>A feature's name without the vector that it is in.</summary>
    private static string WithoutColumn(string name, IEnumerable<InputColumn> inputs) =>
        inputs.FirstOrDefault(input => name.StartsWith(input.Name + ".", StringComparison.Ordinal)) is { } input
            ? name[(input.Name.Length + 1)..]
            : name;

    private static DrawnColumn Of(Feature feature, string name)
    {
        int start = feature.Start;
        if (feature.Kind == FeatureKind.Numeric) return Number(name, start);
        if (feature.Kind == FeatureKind.Binary) return Boolean(name, start);
        ReadOnlyMemory<char>[] categories = [.. feature.Categories.Select(category => category.AsMemory())];
        return new DrawnColumn(
            new DataViewSchema.DetachedColumn(name, TextDataViewType.Instance),
            current => (ValueGetter<ReadOnlyMemory<char>>)((ref ReadOnlyMemory<char> value) =>
                value = categories[Chosen(current(), start, categories.Length)]));
    }

    private static DrawnColumn Input(InputColumn input, FeatureGroup[] groups, int start) => input.Kind switch
    {
        InputColumnKind.Single => Number(input.Name, start),
        InputColumnKind.Boolean => Boolean(input.Name, start),
        InputColumnKind.Key => Key(input, groups, start),
        _ => Vector(input, groups, start),
    };

    private static DrawnColumn Number(string name, int slot) => new(
        new DataViewSchema.DetachedColumn(name, NumberDataViewType.Single),
        current => (ValueGetter<float>)((ref float value) => value = current()[slot]));

    private static DrawnColumn Boolean(string name, int slot) => new(
        new DataViewSchema.DetachedColumn(name, BooleanDataViewType.Instance),
        current => (ValueGetter<bool>)((ref bool value) => value = current()[slot] > 0.5f));

    private static DrawnColumn Key(InputColumn input, FeatureGroup[] groups, int start)
    {
        int count = input.SlotCount;
        string[] values = WithoutPrefix(input.Name, groups.SelectMany(group => group.SlotNames));

        // A key without values has its numbers for the names of its slots.
        bool isNamed = !values.SequenceEqual(Enumerable.Range(0, count).Select(i => i.ToString(CultureInfo.InvariantCulture)));
        var annotations = new DataViewSchema.Annotations.Builder();
        if (isNamed) AddTexts(annotations, "KeyValues", values);
        return new DrawnColumn(
            new DataViewSchema.DetachedColumn(input.Name, new KeyDataViewType(typeof(uint), count), annotations.ToAnnotations()),
            current => (ValueGetter<uint>)((ref uint value) => value = (uint)Chosen(current(), start, count) + 1));
    }

    private static DrawnColumn Vector(InputColumn input, FeatureGroup[] groups, int start)
    {
        int count = input.SlotCount;
        var annotations = new DataViewSchema.Annotations.Builder();
        AddTexts(annotations, "SlotNames", WithoutPrefix(input.Name, groups.SelectMany(group => group.SlotNames)));
        int[] ranges = [.. groups.Where(group => group.Kind == FeatureKind.OneHot)
            .SelectMany(group => new[] { group.Start - start, group.End - start - 1 })];
        if (ranges.Length > 0)
        {
            annotations.Add(
                "CategoricalSlotRanges", new VectorDataViewType(NumberDataViewType.Int32, ranges.Length / 2, 2),
                (ref VBuffer<int> value) => new VBuffer<int>(ranges.Length, ranges).CopyTo(ref value));
        }

        return new DrawnColumn(
            new DataViewSchema.DetachedColumn(
                input.Name, new VectorDataViewType(NumberDataViewType.Single, count), annotations.ToAnnotations()),
            current => (ValueGetter<VBuffer<float>>)((ref VBuffer<float> value) =>
            {
                var editor = VBufferEditor.Create(ref value, count);
                current().Slice(start, count).CopyTo(editor.Values);
                value = editor.Commit();
            }));
    }

    private static string[] WithoutPrefix(string column, IEnumerable<string> names)
    {
        string prefix = column + ".";
        string[] all = [.. names];
        return all.All(name => name.StartsWith(prefix, StringComparison.Ordinal)) ? [.. all.Select(name => name[prefix.Length..])] : all;
    }

    private static void AddTexts(DataViewSchema.Annotations.Builder annotations, string name, string[] texts)
    {
        var values = new VBuffer<ReadOnlyMemory<char>>(texts.Length, Array.ConvertAll(texts, text => text.AsMemory()));
        annotations.Add(
            name, new VectorDataViewType(TextDataViewType.Instance, texts.Length),
            (ref VBuffer<ReadOnlyMemory<char>> value) => values.CopyTo(ref value));
    }

    private static int Chosen(ReadOnlySpan<float> row, int start, int count) =>
        TensorPrimitives.IndexOfMax(row.Slice(start, count));
}

/// <summary>The slots of the row that a cursor is on.</summary>
internal delegate ReadOnlySpan<float> CurrentRow();
