namespace Vae.Data;

/// <summary>
/// What the slots of a row mean: first the groups that the VAE models, then, for a conditional VAE, the groups that it is conditioned on
/// (given to encoder and decoder, never reconstructed). Build one with <see cref="FeatureLayoutBuilder"/>.
/// </summary>
public sealed class FeatureLayout : IEquatable<FeatureLayout>
{
    private readonly FeatureGroup[] _groups;
    private readonly FeatureGroup[] _conditions;
    private readonly Feature[] _features;
    private Feature[]? _allFeatures;

    internal FeatureLayout(FeatureGroup[] groups, FeatureGroup[] conditions)
    {
        _groups = groups;
        _conditions = conditions;
        _features = [.. groups.SelectMany(Feature.Of)];
        SlotCount = groups[^1].End;
        RowWidth = conditions.Length > 0 ? conditions[^1].End : SlotCount;
        NumericSlots = NumericSlotsOf(groups);
        AllNumericSlots = conditions.Length > 0 ? NumericSlotsOf(AllGroups) : NumericSlots;
    }

    /// <summary>The groups of the modelled slots, in slot order.</summary>
    public IReadOnlyList<FeatureGroup> Groups => _groups;

    /// <summary>
    /// The groups that encoder and decoder are conditioned on; empty for an ordinary VAE. Their slots follow the modelled ones.
    /// </summary>
    public IReadOnlyList<FeatureGroup> Conditions => _conditions;

    /// <summary>The modelled values as a person reads them, in slot order: every number, yes/no and category of a row.</summary>
    public IReadOnlyList<Feature> Features => _features;

    /// <summary>D, the number of modelled slots.</summary>
    public int SlotCount { get; }

    /// <summary>The number of condition slots; 0 for an ordinary VAE.</summary>
    public int ConditionSlotCount => RowWidth - SlotCount;

    /// <summary>The number of values in a row: <see cref="SlotCount"/> + <see cref="ConditionSlotCount"/>.</summary>
    public int RowWidth { get; }

    /// <summary>Modelled groups first, then conditions.</summary>
    internal IEnumerable<FeatureGroup> AllGroups => _groups.Concat(_conditions);

    /// <summary>The modelled values as a person reads them, then those of conditions.</summary>
    internal Feature[] AllFeatures =>
        _allFeatures ??= _conditions.Length > 0 ? [.. _features, .. _conditions.SelectMany(Feature.Of)] : _features;

    /// <summary>The modelled numeric slots, in order.</summary>
    internal int[] NumericSlots { get; }

    /// <summary>The numeric slots, modelled ones first, then those of conditions.</summary>
    internal int[] AllNumericSlots { get; }

    /// <summary>The modelled slots of yes/no values and categories, in order; made anew by each call.</summary>
    internal int[] CategoricalSlots => [.. Enumerable.Range(0, SlotCount).Except(NumericSlots)];

    /// <summary>A layout of <paramref name="count"/> numeric slots, named x0, x1, …</summary>
    /// <param name="count">The number of slots; at least 1.</param>
    public static FeatureLayout Numeric(int count) => new FeatureLayoutBuilder().Numeric("x", count).Build();

    /// <summary>The group that <paramref name="slot"/> belongs to.</summary>
    /// <param name="slot">0 ≤ slot &lt; <see cref="RowWidth"/>.</param>
    public FeatureGroup GetGroup(int slot)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(slot);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(slot, RowWidth);
        return AllGroups.First(group => slot < group.End);
    }

    /// <summary>The name of <paramref name="slot"/>.</summary>
    /// <param name="slot">0 ≤ slot &lt; <see cref="RowWidth"/>.</param>
    public string GetSlotName(int slot)
    {
        var group = GetGroup(slot);
        return group.SlotNames[slot - group.Start];
    }

    /// <inheritdoc/>
    public bool Equals(FeatureLayout? other) =>
        other is not null && _groups.AsSpan().SequenceEqual(other._groups) && _conditions.AsSpan().SequenceEqual(other._conditions);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as FeatureLayout);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(SlotCount, RowWidth, _groups.Length, _groups[0]);

    /// <summary>Whether any modelled value of a row in original units is not missing.</summary>
    internal bool IsAnyObserved(ReadOnlySpan<float> row)
    {
        foreach (var group in _groups)
        {
            if (group.IsAnyObserved(row)) return true;
        }

        return false;
    }

    private static int[] NumericSlotsOf(IEnumerable<FeatureGroup> groups)
    {
        var slots = new List<int>();
        foreach (var group in groups.Where(group => group.Kind == FeatureKind.Numeric))
        {
            for (int slot = group.Start; slot < group.End; slot++)
                slots.Add(slot);
        }

        return [.. slots];
    }
}
