using Vae.Data;

namespace Vae.Persistence;

/// <summary>A <see cref="FeatureGroup"/> in a header.</summary>
/// <param name="Name">The name of the column.</param>
/// <param name="Kind">What the slots hold.</param>
/// <param name="Slots">One name per slot.</param>
internal readonly record struct GroupHeader(string Name, FeatureKind Kind, IReadOnlyList<string> Slots)
{
    public static GroupHeader Of(FeatureGroup group) => new(group.Name, group.Kind, group.SlotNames);

    /// <exception cref="ArgumentException">The group has no name, no slots or no kind.</exception>
    public void AddTo(FeatureLayoutBuilder builder)
    {
        if (!Enum.IsDefined(Kind)) throw new ArgumentException($"the group '{Name}' is of no known kind");
        if (Slots.Contains(null!)) throw new ArgumentException($"the group '{Name}' has a slot without a name");
        builder.Add(Name, Kind, [.. Slots]);
    }
}
