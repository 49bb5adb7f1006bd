using Vae.Data;

namespace Vae.Diagnostics;

/// <summary>Finds the numeric slots that hold just two distinct values: most are categories in the wrong place.</summary>
internal sealed class TwoValuedSlots
{
    /// <summary>Fewer observed values than this say nothing.</summary>
    private const int FewestValues = 20;

    private readonly FeatureLayout _layout;
    private readonly List<Candidate> _candidates;

    public TwoValuedSlots(FeatureLayout layout)
    {
        _layout = layout;
        _candidates = [.. layout.NumericSlots.Select(slot => new Candidate(slot, float.NaN, float.NaN, 0))];
    }

    /// <summary>The slots with two values in the rows so far, in slot order.</summary>
    public IReadOnlyList<TwoValuedSlot> Found =>
    [
        .. _candidates.Where(slot => slot.Observed >= FewestValues && !float.IsNaN(slot.Second)).OrderBy(slot => slot.Slot)
            .Select(slot => new TwoValuedSlot(_layout.GetSlotName(slot.Slot), slot is { First: 0, Second: 1 } or { First: 1, Second: 0 })),
    ];

    /// <summary>Takes a row in original units, NaN where missing.</summary>
    public void Add(ReadOnlySpan<float> row)
    {
        for (int i = _candidates.Count - 1; i >= 0; i--)
        {
            var slot = _candidates[i];
            float value = row[slot.Slot];
            if (float.IsNaN(value)) continue;
            slot = slot with { Observed = slot.Observed + 1 };
            if (float.IsNaN(slot.First))
                _candidates[i] = slot with { First = value };
            else if (value == slot.First || value == slot.Second)
                _candidates[i] = slot;
            else if (float.IsNaN(slot.Second))
                _candidates[i] = slot with { Second = value };
            else
                RemoveAt(i);
        }
    }

    private void RemoveAt(int i)
    {
        _candidates[i] = _candidates[^1];
        _candidates.RemoveAt(_candidates.Count - 1);
    }

    private readonly record struct Candidate(int Slot, float First, float Second, int Observed);
}

/// <summary>A numeric slot that holds just two distinct values.</summary>
/// <param name="Name">The slot's name.</param>
/// <param name="IsZeroAndOne">Whether they are 0 and 1.</param>
internal readonly record struct TwoValuedSlot(string Name, bool IsZeroAndOne);
