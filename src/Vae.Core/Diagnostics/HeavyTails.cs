using Vae.Data;

namespace Vae.Diagnostics;

/// <summary>
/// Finds the numeric slots with heavy tails: those whose standard deviation is much larger than the distance from the 5th to the 95th
/// percentile allows, which a normal distribution has 3.29 of.
/// </summary>
internal sealed class HeavyTails
{
    /// <summary>How many times larger it is.</summary>
    private const double LeastFactor = 3;

    private const double Tail = 0.05;
    private const double NormalRange = 3.2897072539029444;

    /// <summary>Fewer observed values than this say nothing.</summary>
    private const int FewestValues = 100;

    /// <summary>The values of a slot that the percentiles are taken from, and those of all slots of a wide table.</summary>
    private const int MostValuesOfSlot = 2000;
    private const int MostValues = 1 << 21;

    private readonly FeatureLayout _layout;
    private readonly RunningVariance[] _variances;
    private readonly List<float>[] _values;
    private readonly int _kept;

    public HeavyTails(FeatureLayout layout)
    {
        _layout = layout;
        _variances = new RunningVariance[layout.NumericSlots.Length];
        _values = Array.ConvertAll(layout.NumericSlots, _ => new List<float>());
        _kept = Math.Clamp(MostValues / Math.Max(1, _values.Length), FewestValues, MostValuesOfSlot);
    }

    /// <summary>The slots with heavy tails in the rows so far, in slot order.</summary>
    public IReadOnlyList<HeavyTailedSlot> Found =>
    [
        .. Enumerable.Range(0, _values.Length).Select(i => new HeavyTailedSlot(_layout.GetSlotName(_layout.NumericSlots[i]), FactorOf(i)))
            .Where(slot => slot.Factor >= LeastFactor),
    ];

    /// <summary>Takes a row in original units, NaN where missing; the first ones in random order.</summary>
    public void Add(ReadOnlySpan<float> row)
    {
        for (int i = 0; i < _values.Length; i++)
        {
            float value = row[_layout.NumericSlots[i]];
            if (float.IsNaN(value)) continue;
            _variances[i].Add(value);
            if (_values[i].Count < _kept) _values[i].Add(value);
        }
    }

    /// <summary>0 where the percentiles are equal.</summary>
    private double FactorOf(int index)
    {
        var values = _values[index];
        if (values.Count < FewestValues) return 0;
        float[] sorted = [.. values.Order()];
        int tail = (int)(Tail * sorted.Length);
        double range = (double)sorted[^(tail + 1)] - sorted[tail];
        return range > 0 ? Math.Sqrt(_variances[index].Variance) * NormalRange / range : 0;
    }
}

/// <summary>A numeric slot with heavy tails.</summary>
/// <param name="Name">The slot's name.</param>
/// <param name="Factor">How many times larger its standard deviation is than that of a normal distribution with its percentiles.</param>
internal readonly record struct HeavyTailedSlot(string Name, double Factor);
