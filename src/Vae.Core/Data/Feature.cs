namespace Vae.Data;

/// <summary>
/// One value of a row as a person reads it: a number, a yes/no, or a category. A numeric or binary feature is one slot; a categorical one
/// is all slots of its one-hot group.
/// </summary>
public sealed class Feature
{
    private readonly string[] _categories;

    private Feature(string name, FeatureKind kind, int start, string[] categories)
    {
        Name = name;
        Kind = kind;
        Start = start;
        _categories = categories;
    }

    /// <summary>The name of the slot, or of the one-hot group.</summary>
    public string Name { get; }

    /// <summary>What the value is.</summary>
    public FeatureKind Kind { get; }

    /// <summary>The index of the first slot in the row.</summary>
    public int Start { get; }

    /// <summary>The number of slots: 1, or the number of categories.</summary>
    public int Length => Math.Max(1, _categories.Length);

    /// <summary>The index after the last slot.</summary>
    public int End => Start + Length;

    /// <summary>
    /// The categories in the order of their slots, without the name of the group that ML.NET puts before them ("own", not "housing.own");
    /// empty unless <see cref="Kind"/> is <see cref="FeatureKind.OneHot"/>.
    /// </summary>
    public IReadOnlyList<string> Categories => _categories;

    /// <inheritdoc/>
    public override string ToString() => $"{Kind} {Name}";

    /// <summary>The features of a group, in the order of their slots.</summary>
    internal static IEnumerable<Feature> Of(FeatureGroup group)
    {
        if (group.Kind == FeatureKind.OneHot)
        {
            string prefix = group.Name + ".";
            bool isPrefixed = group.SlotNames.All(name => name.Length > prefix.Length && name.StartsWith(prefix, StringComparison.Ordinal));
            return [new Feature(group.Name, group.Kind, group.Start, [.. group.SlotNames.Select(WithoutPrefix)])];

            string WithoutPrefix(string name) => isPrefixed ? name[prefix.Length..] : name;
        }

        return group.SlotNames.Select((name, i) => new Feature(name, group.Kind, group.Start + i, []));
    }

    /// <summary>The feature's own slots of a row, or of anything else that has a value per slot.</summary>
    internal Span<float> Of(Span<float> row) => row.Slice(Start, Length);

    /// <inheritdoc cref="Of(Span{float})"/>
    internal ReadOnlySpan<float> Of(ReadOnlySpan<float> row) => row.Slice(Start, Length);

    /// <summary>How many values are told apart: the categories, no and yes, or any number as one.</summary>
    internal int CategoryCount => Kind switch { FeatureKind.OneHot => Length, FeatureKind.Binary => 2, _ => 1 };

    /// <summary>Which of them a row has; <see cref="CategoryCount"/> where it is missing.</summary>
    internal int CategoryOf(ReadOnlySpan<float> row) => !IsObserved(row) ? CategoryCount : Kind switch
    {
        FeatureKind.OneHot => Of(row).IndexOf(1),
        FeatureKind.Binary => (int)row[Start],
        _ => 0,
    };

    /// <summary>Whether the value is there: not NaN, and not all zeros in a one-hot group.</summary>
    internal bool IsObserved(ReadOnlySpan<float> row) => FeatureGroup.IsAnyObserved(Kind, Of(row));
}
