namespace Vae.Training.Rows;

/// <summary>Some neighbouring rows of a table, in original units, NaN where missing.</summary>
/// <param name="capacity">The largest number of rows.</param>
/// <param name="rowWidth">The number of values in a row.</param>
/// <param name="hasWeights">Whether rows have weights of their own.</param>
internal sealed class RowPage(int capacity, int rowWidth, bool hasWeights)
{
    /// <summary>The rows, one behind the other.</summary>
    public float[] Values { get; } = new float[capacity * rowWidth];

    /// <summary>One weight per row, or empty if all rows weigh the same.</summary>
    public float[] Weights { get; } = hasWeights ? new float[capacity] : [];

    /// <summary>The number of bytes of values and weights.</summary>
    public long Bytes => (long)(Values.Length + Weights.Length) * sizeof(float);

    /// <summary>The number of the first row in the table.</summary>
    public int First { get; set; }

    /// <summary>The number of rows.</summary>
    public int Count { get; set; }

    /// <summary>A row of the page, counted from its first.</summary>
    public Span<float> this[int row] => Values.AsSpan(row * rowWidth, rowWidth);

    /// <summary>The weight of a row of the page.</summary>
    public float Weight(int row) => Weights.Length == 0 ? 1 : Weights[row];
}
