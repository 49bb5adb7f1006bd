using Vae.Data;

namespace Vae.Detection;

/// <summary>
/// The categories that training rows have in each one-hot group. A category that they do not have is either a slot that was never 1, or all
/// zeros in a group that never was, which is how ML.NET presents it. (All zeros where training rows have that too are a missing value, and
/// so is NaN.) A row with such a category is scored as if it had the rarest known one, and costs log(c + 1) nats more, if c training rows
/// have that: what one row among so many costs. Immutable once the rows are counted.
/// </summary>
internal sealed class KnownCategories
{
    private readonly FeatureGroup[] _groups;
    private readonly int[] _counts;
    private readonly int[] _rarest;

    /// <summary>Counts nothing yet.</summary>
    public KnownCategories(FeatureLayout layout)
        : this(layout, new int[CountsLength(layout)])
    {
    }

    /// <summary>Takes what was counted before.</summary>
    /// <param name="layout">What the slots of a row mean.</param>
    /// <param name="counts">For each one-hot group the rows of each slot, then those of none: all zeros.</param>
    public KnownCategories(FeatureLayout layout, int[] counts)
    {
        _groups = GroupsOf(layout);
        _counts = counts;
        _rarest = new int[_groups.Length];
        FindRarest();
    }

    /// <summary>For each one-hot group the rows of each slot, then those of none.</summary>
    public ReadOnlySpan<int> Counts => _counts;

    /// <summary>The number of counts for a layout.</summary>
    public static int CountsLength(FeatureLayout layout) => GroupsOf(layout).Sum(group => group.Length + 1);

    /// <summary>Counts the categories of rows.</summary>
    public static KnownCategories Of(FeatureLayout layout, Action<NumberedRowAction> forEachRow)
    {
        var known = new KnownCategories(layout);
        forEachRow((row, _, _) => known.Add(row));
        known.FindRarest();
        return known;
    }

    /// <summary>Puts the rarest known category in the place of each unseen one.</summary>
    /// <param name="row">A row in original units.</param>
    /// <param name="costs">Receives, in the first slot of each unseen one, what it costs besides; or is empty.</param>
    /// <returns>What the unseen ones cost besides.</returns>
    public float Replace(Span<float> row, Span<float> costs = default)
    {
        double surcharge = 0;
        int start = 0;
        for (int i = 0; i < _groups.Length; i++)
        {
            var group = _groups[i];
            var counts = _counts.AsSpan(start, group.Length + 1);
            start += counts.Length;
            var values = row.Slice(group.Start, group.Length);
            if (_rarest[i] < 0 || StateOf(values) is not { } state || counts[state] > 0) continue;
            values.Clear();
            values[_rarest[i]] = 1;
            double cost = Math.Log(counts[_rarest[i]] + 1.0);
            if (!costs.IsEmpty) costs[group.Start] = (float)cost;
            surcharge += cost;
        }

        return (float)surcharge;
    }

    /// <summary>What is known of the group that begins at a slot; null where there is none, or nothing can be unseen in it.</summary>
    public GroupCategories? WithUnseen(int slot)
    {
        int index = Array.FindIndex(_groups, group => group.Start == slot);
        if (index < 0 || _rarest[index] < 0) return null;
        int[] counts = _counts.AsSpan(_groups[..index].Sum(group => group.Length + 1), _groups[index].Length + 1).ToArray();
        return counts.Contains(0) ? new GroupCategories(counts[..^1], counts[^1], _rarest[index]) : null;
    }

    private static FeatureGroup[] GroupsOf(FeatureLayout layout) => [.. layout.Groups.Where(group => group.Kind == FeatureKind.OneHot)];

    /// <summary>The slot that is 1, or the number of slots if none is; null where the value is missing.</summary>
    private static int? StateOf(ReadOnlySpan<float> values)
    {
        int state = values.Length;
        for (int slot = 0; slot < values.Length; slot++)
        {
            if (float.IsNaN(values[slot])) return null;
            if (values[slot] == 1) state = slot;
        }

        return state;
    }

    private void Add(ReadOnlySpan<float> row)
    {
        int start = 0;
        foreach (var group in _groups)
        {
            var state = StateOf(row.Slice(group.Start, group.Length));
            if (state is { } known && _counts[start + known] < int.MaxValue) _counts[start + known]++;
            start += group.Length + 1;
        }
    }

    /// <summary>−1 in a group of which no category is known: there nothing can be unseen.</summary>
    private void FindRarest()
    {
        int start = 0;
        for (int i = 0; i < _groups.Length; i++)
        {
            _rarest[i] = -1;
            var counts = _counts.AsSpan(start, _groups[i].Length);
            for (int slot = 0; slot < counts.Length; slot++)
            {
                if (counts[slot] > 0 && (_rarest[i] < 0 || counts[slot] < counts[_rarest[i]])) _rarest[i] = slot;
            }

            start += counts.Length + 1;
        }
    }
}

/// <summary>The categories of one group that training rows have.</summary>
/// <param name="Counts">The rows of each slot.</param>
/// <param name="None">The rows of all zeros.</param>
/// <param name="Rarest">The slot with the fewest rows, but some.</param>
internal sealed record GroupCategories(int[] Counts, int None, int Rarest);
