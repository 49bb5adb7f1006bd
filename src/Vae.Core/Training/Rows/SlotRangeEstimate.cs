using Vae.Data;

namespace Vae.Training.Rows;

/// <summary>Learns the ranges of the numeric slots from the training rows.</summary>
internal sealed class SlotRangeEstimate(DataSplit split)
{
    private readonly int[] _slots = split.Layout.AllNumericSlots;
    private readonly SlotRange?[] _ranges = new SlotRange?[split.Layout.RowWidth];

    /// <summary>One range per slot of the row, null where a slot is not numeric or has no value.</summary>
    public SlotRange?[] Ranges => _ranges;

    /// <summary>Learns from the training rows of a page.</summary>
    public void Take(RowPage page) => split.ForEachRow(page, heldOut: false, (row, weight) =>
    {
        if (weight == 0) return;
        foreach (int slot in _slots)
        {
            float value = row[slot];
            if (!float.IsNaN(value)) Take(ref _ranges[slot], value);
        }
    });

    private static void Take(ref SlotRange? known, float value)
    {
        var range = known ?? new SlotRange(value, value, 0);
        int decimals = range.Decimals == SlotRange.NoGrid ? SlotRange.NoGrid : SlotRange.DecimalsOf(value, range.Decimals);
        known = new SlotRange(Math.Min(range.Smallest, value), Math.Max(range.Largest, value), decimals);
    }
}
