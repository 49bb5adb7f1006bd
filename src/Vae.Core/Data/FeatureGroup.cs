using System.Numerics.Tensors;

namespace Vae.Data;

/// <summary>
/// A run of neighbouring slots of one kind: some numeric slots, some binary slots, or the slots of one categorical value.
/// </summary>
public sealed class FeatureGroup : IEquatable<FeatureGroup>
{
    private readonly string[] _slotNames;

    internal FeatureGroup(string name, FeatureKind kind, int start, string[] slotNames)
    {
        Name = name;
        Kind = kind;
        Start = start;
        _slotNames = slotNames;
    }

    /// <summary>The name of the column that the group comes from.</summary>
    public string Name { get; }

    /// <summary>What the slots hold.</summary>
    public FeatureKind Kind { get; }

    /// <summary>The index of the group's first slot in the row.</summary>
    public int Start { get; }

    /// <summary>The number of slots.</summary>
    public int Length => _slotNames.Length;

    /// <summary>The index after the group's last slot.</summary>
    public int End => Start + Length;

    /// <summary>One name per slot, in order.</summary>
    public IReadOnlyList<string> SlotNames => _slotNames;

    /// <inheritdoc/>
    public bool Equals(FeatureGroup? other) =>
        other is not null && Name == other.Name && Kind == other.Kind && Start == other.Start
        && _slotNames.AsSpan().SequenceEqual(other._slotNames);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as FeatureGroup);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Kind, Start, Length);

    /// <inheritdoc/>
    public override string ToString() => $"{Kind} {Name}[{Start}..{End})";

    /// <summary>Whether any value of the group is not missing.</summary>
    /// <param name="row">A whole row in original units.</param>
    internal bool IsAnyObserved(ReadOnlySpan<float> row) => IsAnyObserved(Kind, row.Slice(Start, Length));

    /// <summary>Whether any of some neighbouring slots of one kind is not missing; those of a one-hot group must be all of it.</summary>
    internal static bool IsAnyObserved(FeatureKind kind, ReadOnlySpan<float> values)
    {
        if (kind == FeatureKind.OneHot) return TensorPrimitives.Sum(values) > 0;
        foreach (float value in values)
        {
            if (!float.IsNaN(value)) return true;
        }

        return false;
    }
}

/// <summary>What the slots of a <see cref="FeatureGroup"/> hold, and with it the likelihood that models them.</summary>
public enum FeatureKind
{
    /// <summary>Real numbers, one independent value per slot; standardized inside the library. NaN is missing.</summary>
    Numeric,

    /// <summary>Independent yes/no values, one per slot, each 0 or 1. NaN is missing.</summary>
    Binary,

    /// <summary>
    /// One categorical value over all slots of the group: one slot is 1 and the others 0. All zero, or any NaN, is missing.
    /// </summary>
    OneHot,
}
