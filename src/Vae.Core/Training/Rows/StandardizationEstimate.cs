using Vae.Data;

namespace Vae.Training.Rows;

/// <summary>Learns a <see cref="Standardization"/> from the training rows of a table.</summary>
internal sealed class StandardizationEstimate
{
    /// <summary>
    /// The relative spread below which a slot counts as constant: about the resolution of a float. What is left of it is rounding, which a
    /// scale of 1 would blow up where the values are large: there the scale is this spread.
    /// </summary>
    private const double Negligible = 1e-6;

    private readonly DataSplit _split;
    private readonly SlotMoments _moments;
    private readonly SlotMoments _pageMoments;

    private StandardizationEstimate(DataSplit split)
    {
        _split = split;
        _moments = new SlotMoments(split.Layout.RowWidth);
        _pageMoments = new SlotMoments(split.Layout.RowWidth);
    }

    /// <summary>
    /// Mean and (biased) standard deviation of each numeric slot over the observed, weighted values; and where the method says so, median
    /// and range in their place, or maps to normal scores; and the slots' ranges. The table goes by once, whatever the method.
    /// </summary>
    public static Standardization Of(DataSplit split, StandardizationMethod method)
    {
        var estimate = new StandardizationEstimate(split);
        var robust = method == StandardizationMethod.MedianAndRange ? new RobustScaleEstimate(split) : null;
        var quantiles = method == StandardizationMethod.Quantile ? new QuantileEstimate(split) : null;
        var ranges = new SlotRangeEstimate(split);
        split.ForEachPage(page =>
        {
            estimate.Take(page);
            robust?.Take(page);
            quantiles?.Take(page);
            ranges.Take(page);
        });
        double[] means = estimate._moments.Means;
        var deviations = estimate.Deviations();
        robust?.Replace(means, deviations, Negligible);
        foreach (var group in split.Layout.AllGroups.Where(group => group.Kind != FeatureKind.Numeric))
        {
            means.AsSpan(group.Start, group.Length).Clear();
            deviations.AsSpan(group.Start, group.Length).Fill(1);
        }

        return new Standardization(means, deviations, quantiles?.Maps(), ranges.Ranges);
    }

    /// <summary>The mean of a page, and then the squares of what is left of it, which cancel nothing.</summary>
    private void Take(RowPage page)
    {
        _pageMoments.Clear();
        _split.ForEachRow(page, heldOut: false, _pageMoments.AddToMeans);
        _pageMoments.CompleteMeans();
        _split.ForEachRow(page, heldOut: false, _pageMoments.AddSquares);
        _moments.Add(_pageMoments);
    }

    private double[] Deviations()
    {
        var deviations = new double[_split.Layout.RowWidth];
        for (int slot = 0; slot < deviations.Length; slot++)
        {
            deviations[slot] = _moments.Weights[slot] > 0 ? Math.Sqrt(_moments.Squares[slot] / _moments.Weights[slot]) : 0;
            double resolution = Negligible * Math.Abs(_moments.Means[slot]);
            if (deviations[slot] <= resolution || deviations[slot] < float.Epsilon) deviations[slot] = Math.Max(1, resolution);
        }

        return deviations;
    }
}

/// <summary>How far the numeric values of the training rows, or of the held-out ones, are from 0 once they are standardized.</summary>
internal static class StandardizedSquares
{
    /// <summary>
    /// The sum over the modelled numeric slots of the mean square, but at least 1 per slot: more where outliers had no part in the scale,
    /// or where the scale is another table's.
    /// </summary>
    public static double Of(DataSplit split, Standardization standardization, bool heldOut)
    {
        int[] slots = split.Layout.NumericSlots;
        var standardized = new float[split.Layout.RowWidth];
        double sum = 0;
        split.ForEachPage(page => split.ForEachRow(page, heldOut, Add));
        int rows = heldOut ? split.ValidationRows : split.TrainingRows;
        return Math.Max(slots.Length, sum * split.WeightScale(heldOut) / rows);

        void Add(ReadOnlySpan<float> row, double weight)
        {
            standardization.Apply(row, standardized);
            foreach (int slot in slots)
            {
                if (!float.IsNaN(standardized[slot])) sum += weight * standardized[slot] * standardized[slot];
            }
        }
    }
}
