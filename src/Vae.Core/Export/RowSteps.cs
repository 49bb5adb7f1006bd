using Vae.Data;

namespace Vae.Export;

/// <summary>The steps before the encoder: what <see cref="RowPreparation"/> and <see cref="Standardization"/> do to a row.</summary>
internal sealed class RowSteps
{
    private readonly FeatureLayout _layout;
    private readonly List<Part> _parts = [];

    /// <param name="layout">What the slots of a row mean.</param>
    /// <param name="standardization">What standardizes them.</param>
    /// <param name="replace">What stands for the slots of a one-hot group.</param>
    public RowSteps(FeatureLayout layout, Standardization standardization, Func<SlotsNode, ScoringNode> replace)
    {
        _layout = layout;
        foreach (var (kind, start, end) in Runs(layout, standardization))
        {
            var slots = new SlotsNode(kind, start, end - start);
            _parts.Add(kind == FeatureKind.OneHot ? PrepareOneHot(slots, replace(slots)) : Prepare(slots, standardization));
        }
    }

    /// <summary>The runs of slots, in order.</summary>
    public IReadOnlyList<SlotsNode> Slots => [.. _parts.Select(part => part.Slots)];

    /// <summary>The prepared row: standardized, 0 where missing.</summary>
    public ScoringNode Row() => Prepared(0, _layout.RowWidth);

    /// <summary>The prepared conditions; none for an ordinary VAE.</summary>
    public IReadOnlyList<ScoringNode> Conditions() =>
        [.. _parts.Where(part => part.Slots.Start >= _layout.SlotCount).Select(part => part.Prepared)];

    /// <summary>Some slots of the prepared row, which are whole runs.</summary>
    public ScoringNode Prepared(int start, int length) => ConcatenationNode.Of([.. Within(start, length).Select(part => part.Prepared)]);

    /// <summary>1 where a value of these slots was observed and 0 where it is missing.</summary>
    public ScoringNode Observed(int start, int length) => ConcatenationNode.Of([.. Within(start, length).Select(Spread)]);

    private IEnumerable<Part> Within(int start, int length) =>
        _parts.Where(part => part.Slots.Start >= start && part.Slots.Start < start + length);

    private static ScoringNode Spread(Part part)
    {
        int width = part.Slots.Width;
        return part.Observed.Width == width ? part.Observed
            : new AffineNode(part.Observed, [.. Enumerable.Repeat(1.0, width)], new double[width]);
    }

    private static Part PrepareOneHot(SlotsNode slots, ScoringNode values)
    {
        var any = new TestNode(ScoringTest.IsPositive, new ReductionNode(ScoringReduction.Sum, values));
        return new Part(slots, any, new KeptNode(values, any));
    }

    private static Part Prepare(SlotsNode slots, Standardization standardization)
    {
        var observed = new TestNode(ScoringTest.IsObserved, slots);
        if (slots.Kind == FeatureKind.Binary) return new Part(slots, observed, new KeptNode(slots, observed));
        if (standardization.MapOf(slots.Start) is { } map)
        {
            var score = new ClampNode(QuantileSteps.Score(slots, map), -Standardization.Farthest, Standardization.Farthest);
            return new Part(slots, observed, new KeptNode(score, observed));
        }

        double[] means = standardization.Means[slots.Start..(slots.Start + slots.Width)];
        double[] reciprocals = [.. standardization.Deviations.AsSpan(slots.Start, slots.Width).ToArray().Select(value => 1 / value)];
        return new Part(slots, observed, new KeptNode(new StandardizedNode(slots, means, reciprocals), observed));
    }

    /// <summary>
    /// Neighbours of one kind together, one-hot groups and slots with a map each on its own, and no run across the beginning of the
    /// conditions.
    /// </summary>
    private static List<(FeatureKind Kind, int Start, int End)> Runs(FeatureLayout layout, Standardization standardization)
    {
        var runs = new List<(FeatureKind Kind, int Start, int End)>();
        foreach (var group in layout.AllGroups)
        {
            if (group.Kind == FeatureKind.OneHot)
            {
                runs.Add((group.Kind, group.Start, group.End));
                continue;
            }

            for (int slot = group.Start; slot < group.End; slot++)
            {
                bool joins = runs.Count > 0 && runs[^1].Kind == group.Kind && slot != layout.SlotCount
                    && standardization.MapOf(slot) is null && standardization.MapOf(slot - 1) is null;
                if (joins)
                    runs[^1] = runs[^1] with { End = slot + 1 };
                else
                    runs.Add((group.Kind, slot, slot + 1));
            }
        }

        return runs;
    }

    /// <summary>
    /// A run of slots, whether its values were observed (one number for a one-hot group), and what a network takes of it.
    /// </summary>
    private sealed record Part(SlotsNode Slots, ScoringNode Observed, ScoringNode Prepared);
}
