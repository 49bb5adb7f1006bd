namespace Vae.Samples.Article;

/// <summary>The outliers of the experiments: values whose decimal point stands one place too far to the right.</summary>
internal static class SlippedDecimals
{
    private const double ShareOfRows = 0.1;
    private const int ValuesInRow = 3;
    private const int Seed = 1;

    /// <summary>A copy of some rows in which about one row in ten has three slips.</summary>
    /// <param name="rows">The rows, one after another.</param>
    /// <param name="width">The number of values in a row.</param>
    public static float[] In(float[] rows, int width)
    {
        var random = new Random(Seed);
        var slots = Enumerable.Range(0, width).ToArray();
        var result = rows.ToArray();
        foreach (var row in Enumerable.Range(0, rows.Length / width).Where(_ => random.NextDouble() < ShareOfRows))
        {
            random.Shuffle(slots);
            foreach (var slot in slots.AsSpan(0, ValuesInRow))
                result[row * width + slot] = 10 * rows[row * width + slot];
        }

        return result;
    }
}
