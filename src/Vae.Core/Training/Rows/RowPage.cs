namespace Vae.Training.Rows;

/// <summary>Some neighbouring rows of a table, in original units, NaN where missing.</summary>
internal sealed class RowPage
{
    /// <param name="capacity">The largest number of rows.</param>
    /// <param name="rowWidth">The number of values in a row.</param>
    /// <param name="hasWeights">Whether rows have weights of their own.</param>
    public RowPage(int capacity, int rowWidth, bool hasWeights)
    {
        RowWidth = rowWidth;
        Values = new float[capacity * rowWidth];
        Weights = hasWeights ? new float[capacity] : [];
    }

    /// <summary>The number of values in a row.</summary>
    public int RowWidth { get; }

    /// <summary>The rows, one behind the other.</summary>
    public float[] Values { get; }

    /// <summary>One weight per row, or empty if all rows weigh the same.</summary>
    public float[] Weights { get; }

    /// <summary>The number of the first row in the table.</summary>
    public int First { get; set; }

    /// <summary>The number of rows.</summary>
    public int Count { get; set; }

    /// <summary>A row of the page, counted from its first.</summary>
    public Span<float> this[int row] => Values.AsSpan(row * RowWidth, RowWidth);

    /// <summary>The weight of a row of the page.</summary>
    public float Weight(int row) => Weights.Length == 0 ? 1 : Weights[row];
}
