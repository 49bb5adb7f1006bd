using System.Runtime.InteropServices;
using Vae.Data;

namespace Vae.Diagnostics;

/// <summary>Makes a <see cref="RowProfile"/> of rows that come in blocks with what the model makes of them.</summary>
internal sealed class RowProfileBuilder
{
    /// <summary>The values, at most, that are kept until the profile is made.</summary>
    private const int MostValues = 1 << 22;

    /// <summary>The steps, at most, of all numbers of a wide table together, and the fewest of one of them.</summary>
    private const int MostStepsInAll = 1 << 13;
    private const int FewestSteps = 8;

    /// <summary>
    /// The score of a training row is lower than that of a new one: so many held-out rows say more than all training rows.
    /// </summary>
    private const int FewestHeldOut = 8;

    private readonly FeatureLayout _layout;
    private readonly int _dimensions;
    private readonly int _stride;
    private readonly List<float> _rows = [];
    private readonly List<float> _means = [];
    private readonly List<float> _scores = [];
    private readonly List<float> _heldOutScores = [];
    private int _number;

    /// <param name="layout">What the slots mean.</param>
    /// <param name="dimensions">k.</param>
    /// <param name="rows">How many rows will come, of which evenly spaced ones are taken.</param>
    public RowProfileBuilder(FeatureLayout layout, int dimensions, int rows)
    {
        _layout = layout;
        _dimensions = dimensions;
        int most = Math.Clamp(MostValues / (layout.RowWidth + dimensions), 1, RowProfile.MostRows);
        _stride = Math.Max(1, (rows + most - 1) / most);
    }

    /// <summary>Takes a row and what the model makes of it.</summary>
    /// <param name="row">The row in original units, NaN where missing.</param>
    /// <param name="means">μ.</param>
    /// <param name="score">The score.</param>
    /// <param name="heldOut">Whether the row was held out of the training.</param>
    public void Add(ReadOnlySpan<float> row, ReadOnlySpan<float> means, float score, bool heldOut)
    {
        if (_number++ % _stride != 0) return;
        _rows.AddRange(row);
        _means.AddRange(means);
        (heldOut ? _heldOutScores : _scores).Add(score);
    }

    /// <summary>The profile of the rows.</summary>
    public RowProfile Build()
    {
        int count = _rows.Count / _layout.RowWidth;
        int numbers = _layout.AllNumericSlots.Length + _dimensions + 1;
        int steps = Math.Clamp(MostStepsInAll / numbers, FewestSteps, NumberProfile.MostSteps);
        float[] scores = _heldOutScores.Count >= FewestHeldOut ? [.. _heldOutScores] : [.. _scores, .. _heldOutScores];
        return new RowProfile(
            count,
            [.. _layout.AllFeatures.Select(CountsOf)],
            [.. _layout.AllFeatures.Select(feature => feature.Kind == FeatureKind.Numeric ? Column(_rows, feature.Start) : null)],
            [.. Enumerable.Range(0, _dimensions).Select(d => Column(_means, d)), Sorted(scores)]);

        NumberProfile Column(List<float> values, int index)
        {
            int width = values.Count / count;
            float[] column = new float[count];
            for (int row = 0; row < count; row++)
                column[row] = values[row * width + index];
            return Sorted(Array.FindAll(column, value => !float.IsNaN(value)));
        }

        NumberProfile Sorted(float[] values)
        {
            Array.Sort(values);
            return NumberProfile.Of(values, steps);
        }
    }

    private int[] CountsOf(Feature feature)
    {
        int[] counts = new int[feature.CategoryCount + 1];
        var rows = CollectionsMarshal.AsSpan(_rows);
        for (int start = 0; start < rows.Length; start += _layout.RowWidth)
            counts[feature.CategoryOf(rows.Slice(start, _layout.RowWidth))]++;
        return counts;
    }
}
