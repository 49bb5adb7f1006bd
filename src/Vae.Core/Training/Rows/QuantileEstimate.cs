using Vae.Data;
using Vae.Numerics.Elementwise;

namespace Vae.Training.Rows;

/// <summary>Learns the maps of the numeric slots to normal scores (<see cref="StandardizationMethod.Quantile"/>) in one pass.</summary>
internal sealed class QuantileEstimate
{
    /// <summary>A value that holds this share of the weights is an atom, unless it is one of few values.</summary>
    private const double AtomShare = 1.0 / 128;
    private const int AtomItems = 3;

    /// <summary>The part of an atom's share, at either side, that its range of scores leaves to the values beside it.</summary>
    private const double AtomMargin = 1.0 / 1024;

    /// <summary>
    /// The share of the weights between two points in the middle of a distribution. Fewer rows have wider steps, and towards the tails
    /// steps are smaller, but hold at least <see cref="RowsPerStep"/> rows: a line through fewer would tell more of these rows than of
    /// others of their kind.
    /// </summary>
    private const double SmallestStep = 1.0 / 64;
    private const int RowsPerStep = 8;
    private const double LargestTailStep = 1.0 / 8;

    /// <summary>The values that a sketch keeps, and those that the sketches of a wide table may keep in all.</summary>
    private const int LargestCapacity = 1 << 12;
    private const int SmallestCapacity = 1 << 7;
    private const int MostValues = 1 << 22;

    private readonly DataSplit _split;
    private readonly int[] _slots;
    private readonly QuantileSketch[] _sketches;
    private readonly double _scale;

    public QuantileEstimate(DataSplit split)
    {
        _split = split;
        _slots = split.Layout.AllNumericSlots;
        int capacity = Math.Clamp(MostValues / Math.Max(1, _slots.Length), SmallestCapacity, LargestCapacity);
        _sketches = Array.ConvertAll(_slots, slot => new QuantileSketch(capacity, (ulong)slot));
        _scale = split.WeightScale(heldOut: false);
    }

    /// <summary>Learns from the training rows of a page.</summary>
    public void Take(RowPage page) => _split.ForEachRow(page, heldOut: false, (row, weight) =>
    {
        for (int i = 0; i < _slots.Length; i++)
        {
            float value = row[_slots[i]];
            if (!float.IsNaN(value)) _sketches[i].Add(value, weight * _scale);
        }
    });

    /// <summary>One map per slot of the row, null where a slot is not numeric or has fewer than two values.</summary>
    public QuantileMap?[] Maps()
    {
        var maps = new QuantileMap?[_split.Layout.RowWidth];
        for (int i = 0; i < _slots.Length; i++)
            maps[_slots[i]] = MapOf(_sketches[i]);
        return maps;
    }

    /// <summary>The map of the values that a sketch has seen.</summary>
    public static QuantileMap? MapOf(QuantileSketch sketch)
    {
        var values = sketch.ToList();
        double total = values.Sum(value => value.Weight);
        double step = Math.Max(SmallestStep, 0.5 / Math.Sqrt(sketch.EffectiveCount));
        double tailStep = Math.Min(LargestTailStep, RowsPerStep / sketch.EffectiveCount);
        var points = new List<QuantilePoint>();
        double before = 0;
        double last = 0;
        bool afterAtom = true;
        for (int i = 0; i < values.Count; i++)
        {
            var (_, weight, _) = values[i];
            double middle = (before + weight / 2) / total;
            bool isAtom = IsAtom(i);
            bool isDue = middle - last >= Math.Max(tailStep, 4 * step * middle * (1 - middle));
            if (isAtom || afterAtom || isDue || i == values.Count - 1 || IsAtom(i + 1))
            {
                Add(values[i].Value, before, weight, isAtom);
                last = middle;
            }

            afterAtom = isAtom;
            before += weight;
        }

        return QuantileMap.Create([.. points]);

        bool IsAtom(int i) => i < values.Count && values[i].Items >= AtomItems && values[i].Weight >= AtomShare * total;

        void Add(float value, double start, double weight, bool isAtom)
        {
            double margin = isAtom ? AtomMargin * weight : weight / 2;
            double score = NormalDistribution.Score(start + weight / 2, total);
            double low = isAtom ? NormalDistribution.Score(start + margin, total) : score;
            double high = isAtom ? NormalDistribution.Score(start + weight - margin, total) : score;
            if (points.Count == 0 || low > points[^1].High) points.Add(new QuantilePoint(value, low, score, high));
        }
    }
}
