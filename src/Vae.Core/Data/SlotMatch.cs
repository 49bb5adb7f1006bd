namespace Vae.Data;

/// <summary>Which slots two layouts have in common: those of the same role, kind, column and name.</summary>
internal static class SlotMatch
{
    /// <summary>For each slot of a row of one layout, the same slot of the other layout, or −1 where that has none.</summary>
    public static int[] Of(FeatureLayout layout, FeatureLayout other)
    {
        var known = new Dictionary<(bool IsCondition, FeatureKind Kind, string Group, string Slot), int>();
        foreach (var (key, slot) in Slots(other))
            known.TryAdd(key, slot);
        return [.. Slots(layout).Select(item => known.GetValueOrDefault(item.Key, -1))];
    }

    private static IEnumerable<((bool IsCondition, FeatureKind Kind, string Group, string Slot) Key, int Slot)> Slots(
        FeatureLayout layout) =>
        from groups in new[] { layout.Groups, layout.Conditions }
        from item in groups
        from i in Enumerable.Range(0, item.Length)
        select ((groups == layout.Conditions, item.Kind, item.Name, WithoutColumn(item, item.SlotNames[i])), item.Start + i);

    /// <summary>A slot's name without that of its column, which stands before it where a row has several columns.</summary>
    private static string WithoutColumn(FeatureGroup group, string slot) =>
        slot.StartsWith(group.Name + ".", StringComparison.Ordinal) ? slot[(group.Name.Length + 1)..] : slot;
}
