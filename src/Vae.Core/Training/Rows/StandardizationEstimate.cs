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
    private readonly double[] _weights;

    private StandardizationEstimate(DataSplit split)
    {
        _split = split;
        _weights = new double[split.Layout.RowWidth];
    }

    /// <summary>
    /// Mean and (biased) standard deviation of each numeric slot over the observed, weighted values, in two passes; and where the method
    /// says so, median and range in their place, or maps to normal scores.
    /// </summary>
    public static Standardization Of(DataSplit split, StandardizationMethod method)
    {
        var estimate = new StandardizationEstimate(split);
        var means = estimate.Means();
        var deviations = estimate.Deviations(means);
        if (method == StandardizationMethod.MedianAndRange) RobustScaleEstimate.Replace(split, means, deviations, Negligible);
        foreach (var group in split.Layout.AllGroups.Where(group => group.Kind != FeatureKind.Numeric))
        {
            means.AsSpan(group.Start, group.Length).Clear();
            deviations.AsSpan(group.Start, group.Length).Fill(1);
        }

        return new Standardization(means, deviations, method == StandardizationMethod.Quantile ? QuantileEstimate.Of(split) : null);
    }

    private double[] Means()
    {
        var means = new double[_weights.Length];
        _split.ForEachTrainingRow((row, weight) =>
        {
            for (int slot = 0; slot < row.Length; slot++)
            {
                if (float.IsNaN(row[slot])) continue;
                means[slot] += weight * row[slot];
                _weights[slot] += weight;
            }
        });
        for (int slot = 0; slot < means.Length; slot++)
            means[slot] = _weights[slot] > 0 ? means[slot] / _weights[slot] : 0;
        return means;
    }

    private double[] Deviations(double[] means)
    {
        var deviations = new double[_weights.Length];
        _split.ForEachTrainingRow((row, weight) =>
        {
            for (int slot = 0; slot < row.Length; slot++)
            {
                if (float.IsNaN(row[slot])) continue;
                double deviation = row[slot] - means[slot];
                deviations[slot] += weight * deviation * deviation;
            }
        });
        for (int slot = 0; slot < means.Length; slot++)
        {
            deviations[slot] = _weights[slot] > 0 ? Math.Sqrt(deviations[slot] / _weights[slot]) : 0;
            double resolution = Negligible * Math.Abs(means[slot]);
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
        split.ForEachRow(heldOut, (row, weight) =>
        {
            standardization.Apply(row, standardized);
            foreach (int slot in slots)
            {
                if (!float.IsNaN(standardized[slot])) sum += weight * standardized[slot] * standardized[slot];
            }
        });
        int rows = heldOut ? split.ValidationRows : split.TrainingRows;
        return Math.Max(slots.Length, sum * split.WeightScale(heldOut) / rows);
    }
}
