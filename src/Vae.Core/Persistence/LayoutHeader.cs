using System.Text.Json.Serialization;
using Vae.Data;

namespace Vae.Persistence;

/// <summary>A <see cref="FeatureLayout"/> in a header.</summary>
/// <param name="Groups">The modelled groups, in slot order.</param>
/// <param name="Conditions">The groups that the model is conditioned on.</param>
internal sealed record LayoutHeader(IReadOnlyList<GroupHeader> Groups, IReadOnlyList<GroupHeader> Conditions)
{
    public static LayoutHeader Of(FeatureLayout layout) =>
        new([.. layout.Groups.Select(GroupHeader.Of)], [.. layout.Conditions.Select(GroupHeader.Of)]);

    /// <exception cref="InvalidOperationException">There are no groups.</exception>
    public FeatureLayout ToLayout()
    {
        var builder = new FeatureLayoutBuilder();
        foreach (var group in Groups)
            builder.Add(group.Name, group.Kind, group.Slots);
        builder.Conditions();
        foreach (var group in Conditions)
            builder.Add(group.Name, group.Kind, group.Slots);
        return builder.Build();
    }
}

/// <summary>A <see cref="FeatureGroup"/> in a header.</summary>
/// <param name="Name">The name of the column; not empty.</param>
/// <param name="Kind">What the slots hold.</param>
/// <param name="Slots">One name per slot; at least one.</param>
[JsonConverter(typeof(GroupConverter))]
internal readonly record struct GroupHeader(string Name, FeatureKind Kind, string[] Slots)
{
    public static GroupHeader Of(FeatureGroup group) => new(group.Name, group.Kind, [.. group.SlotNames]);
}
