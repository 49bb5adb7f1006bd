using Vae.Data;

namespace Vae.Training.Rows;

/// <summary>
/// Learns median and range of the numeric slots (<see cref="StandardizationMethod.MedianAndRange"/>) from evenly spaced training rows.
/// </summary>
internal sealed class RobustScaleEstimate
{
    private const double Tail = 0.05;

    /// <summary>The standard deviations of a normal distribution between its two tails of 5%: 2 Φ⁻¹(0.95).</summary>
    private const double NormalRange = 3.2897072539029444;

    /// <summary>The most rows that are looked at, and the number that may be looked at however wide they are.</summary>
    private const int MostRows = 1 << 16;
    private const int FewestRows = 1 << 10;
    private const int MostValues = 1 << 24;

    private readonly DataSplit _split;
    private readonly int[] _slots;
    private readonly float[][] _values;
    private readonly double[] _weights;
    private readonly double[] _sortedWeights;
    private long _seen;
    private int _count;

    public RobustScaleEstimate(DataSplit split)
    {
        _split = split;
        _slots = split.Layout.AllNumericSlots;
        int rows = Math.Min(split.TrainingRows, Math.Clamp(MostValues / split.Layout.RowWidth, FewestRows, MostRows));
        _values = Array.ConvertAll(_slots, _ => new float[rows]);
        _weights = new double[rows];
        _sortedWeights = new double[rows];
    }

    /// <summary>Takes what it needs of a page; the pages come in order.</summary>
    public void Take(RowPage page) => _split.ForEachRow(page, heldOut: false, Take);

    /// <summary>Puts median and range in the place of mean and deviation, slot by slot, wherever the range is not negligible.</summary>
    /// <param name="means">One mean per slot of the row.</param>
    /// <param name="deviations">One deviation per slot of the row.</param>
    /// <param name="negligible">The spread that counts as constant, relative to the median.</param>
    public void Replace(double[] means, double[] deviations, double negligible)
    {
        for (int i = 0; i < _slots.Length; i++)
            Replace(i, means, deviations, negligible);
    }

    private void Take(ReadOnlySpan<float> row, double weight)
    {
        if (_seen++ != (long)_count * _split.TrainingRows / _weights.Length) return;
        for (int i = 0; i < _slots.Length; i++)
            _values[i][_count] = row[_slots[i]];
        _weights[_count++] = weight;
    }

    private void Replace(int index, double[] means, double[] deviations, double negligible)
    {
        var values = _values[index];
        _weights.CopyTo(_sortedWeights, 0);
        Array.Sort(values, _sortedWeights); // NaN first
        int missing = 0;
        while (missing < values.Length && float.IsNaN(values[missing]))
            missing++;
        var observed = values.AsSpan(missing);
        var weights = _sortedWeights.AsSpan(missing);
        double total = 0;
        foreach (double weight in weights)
            total += weight;
        if (total <= 0) return;
        double median = Quantile(observed, weights, 0.5 * total);
        double range = Quantile(observed, weights, (1 - Tail) * total) - Quantile(observed, weights, Tail * total);
        if (range <= negligible * Math.Abs(median) || range < float.Epsilon) return;
        means[_slots[index]] = median;
        deviations[_slots[index]] = range / NormalRange;
    }

    /// <summary>The smallest value up to which the weights reach a part of their sum.</summary>
    private static double Quantile(ReadOnlySpan<float> values, ReadOnlySpan<double> weights, double part)
    {
        double sum = 0;
        for (int i = 0; i < values.Length; i++)
        {
            sum += weights[i];
            if (sum >= part) return values[i];
        }

        return values[^1];
    }
}
