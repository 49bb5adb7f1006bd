using Vae.Data;
using Vae.Diagnostics;

namespace Vae.Reports.Rows;

/// <summary>What the values of a feature are, over all rows of a table.</summary>
internal sealed class FeatureSummary(Feature feature)
{
    private readonly long[] _counts = new long[feature.Kind == FeatureKind.Numeric ? 0 : Math.Max(2, feature.Length)];
    private RunningVariance _variance;

    public Feature Feature => feature;

    /// <summary>The number of rows that have a value.</summary>
    public long Observed { get; private set; }

    public double Mean { get; private set; }

    public double Minimum { get; private set; } = double.PositiveInfinity;

    public double Maximum { get; private set; } = double.NegativeInfinity;

    public double Deviation => Math.Sqrt(_variance.Variance);

    /// <summary>Whether all values are the same; also where there is none.</summary>
    public bool IsConstant => Observed == 0
        || (feature.Kind == FeatureKind.Numeric ? Minimum == Maximum : _counts.Count(count => count > 0) == 1);

    /// <summary>The most frequent of a feature's categories, and its part of the values.</summary>
    public (string Name, double Share) Mode
    {
        get
        {
            int mode = _counts.AsSpan().IndexOf(_counts.Max());
            return (CategoryNames(feature)[mode], Observed == 0 ? 0 : (double)_counts[mode] / Observed);
        }
    }

    /// <summary>What a reader calls the values of a feature that is not a number.</summary>
    public static IReadOnlyList<string> CategoryNames(Feature feature) =>
        feature.Kind == FeatureKind.Binary ? ["no", "yes"] : feature.Categories;

    /// <summary>The index of a row's value in <see cref="CategoryNames"/>; −1 where it is missing.</summary>
    public static int CategoryOf(Feature feature, ReadOnlySpan<float> row)
    {
        if (!feature.IsObserved(row)) return -1;
        return feature.Kind == FeatureKind.Binary ? (row[feature.Start] > 0.5f ? 1 : 0) : feature.Of(row).IndexOf(1f);
    }

    public void Add(ReadOnlySpan<float> row)
    {
        if (!feature.IsObserved(row)) return;
        Observed++;
        if (feature.Kind != FeatureKind.Numeric)
        {
            _counts[Math.Max(0, CategoryOf(feature, row))]++;
            return;
        }

        double value = row[feature.Start];
        _variance.Add(value);
        Mean += (value - Mean) / Observed;
        Minimum = Math.Min(Minimum, value);
        Maximum = Math.Max(Maximum, value);
    }
}
