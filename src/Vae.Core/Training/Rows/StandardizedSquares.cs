using Vae.Data;

namespace Vae.Training.Rows;

/// <summary>How far the numeric values of the training rows are from 0 once they are standardized.</summary>
internal static class StandardizedSquares
{
    /// <summary>
    /// The sum over the modelled numeric slots of the mean square, but at least 1 per slot: more where outliers had no part in the scale,
    /// or where the scale is another table's.
    /// </summary>
    public static double Of(DataSplit split, Standardization standardization)
    {
        int[] slots = split.Layout.NumericSlots;
        var standardized = new float[split.Layout.RowWidth];
        double sum = 0;
        split.ForEachTrainingRow((row, weight) =>
        {
            standardization.Apply(row, standardized);
            foreach (int slot in slots)
            {
                if (!float.IsNaN(standardized[slot])) sum += weight * standardized[slot] * standardized[slot];
            }
        });
        return Math.Max(slots.Length, sum * split.WeightScale / split.TrainingRows);
    }
}
