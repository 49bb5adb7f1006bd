namespace Vae.Export.Tests;

/// <summary>Comparing numbers that two engines have computed.</summary>
internal static class Agreement
{
    /// <summary>
    /// The largest difference, relative to the value or, where that is small, to the mean size of its column's values: a sum of terms that
    /// cancel has the rounding of its terms.
    /// </summary>
    /// <param name="actual">The values of the first rows.</param>
    /// <param name="expected">The values of all rows.</param>
    /// <param name="width">The number of columns.</param>
    public static double Largest(ReadOnlySpan<float> actual, ReadOnlySpan<float> expected, int width)
    {
        double largest = 0;
        for (int column = 0; column < width; column++)
        {
            double sum = 0;
            for (int i = column; i < expected.Length; i += width)
                sum += Math.Abs(expected[i]);
            double size = sum * width / expected.Length;
            for (int i = column; i < actual.Length; i += width)
            {
                double difference = Math.Abs((double)actual[i] - expected[i]);
                if (difference == 0) continue;
                double relative = difference / Math.Max(Math.Abs(expected[i]), size);
                largest = Math.Max(largest, double.IsNaN(relative) ? double.PositiveInfinity : relative);
            }
        }

        return largest;
    }
}
