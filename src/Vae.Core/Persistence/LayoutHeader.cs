using Vae.Data;

namespace Vae.Persistence;

/// <summary>A <see cref="FeatureLayout"/> in a header.</summary>
/// <param name="Groups">The modelled groups, in slot order.</param>
/// <param name="Conditions">The groups that the model is conditioned on.</param>
internal sealed record LayoutHeader(IReadOnlyList<GroupHeader> Groups, IReadOnlyList<GroupHeader> Conditions)
{
    public static LayoutHeader Of(FeatureLayout layout) => new([.. layout.Groups.Select(GroupHeader.Of)], [.. layout.Conditions.Select(GroupHeader.Of)]);

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
