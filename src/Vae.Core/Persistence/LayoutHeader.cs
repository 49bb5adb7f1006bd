using Vae.Data;

namespace Vae.Persistence;

/// <summary>A <see cref="FeatureLayout"/> in a header.</summary>
/// <param name="Groups">The modelled groups, in slot order.</param>
/// <param name="Conditions">The groups that the model is conditioned on.</param>
internal sealed record LayoutHeader(IReadOnlyList<GroupHeader> Groups, IReadOnlyList<GroupHeader> Conditions)
{
    public static LayoutHeader Of(FeatureLayout layout) =>
        new([.. layout.Groups.Select(GroupHeader.Of)], [.. layout.Conditions.Select(GroupHeader.Of)]);

    /// <exception cref="ArgumentException">A group has no name, no slots or no kind.</exception>
    /// <exception cref="InvalidOperationException">There are no groups.</exception>
    public FeatureLayout ToLayout()
    {
        var builder = new FeatureLayoutBuilder();
        foreach (var group in Groups)
            group.AddTo(builder);
        builder.Conditions();
        foreach (var group in Conditions)
            group.AddTo(builder);
        return builder.Build();
    }
}

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
