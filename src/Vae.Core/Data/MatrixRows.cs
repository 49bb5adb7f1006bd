namespace Vae.Data;

/// <summary>Rows that are in memory, one behind the other.</summary>
public sealed class MatrixRows : IFeatureRows
{
    private readonly ReadOnlyMemory<float> _values;
    private readonly ReadOnlyMemory<float> _weights;

    /// <summary>Wraps rows; nothing is copied.</summary>
    /// <param name="layout">What the slots of a row mean.</param>
    /// <param name="values">
    /// The rows, row-major: a multiple of <see cref="FeatureLayout.RowWidth"/> values, NaN for missing ones.
    /// </param>
    /// <param name="weights">One non-negative weight per row, or empty for rows that all weigh the same.</param>
    /// <exception cref="ArgumentException">The lengths do not fit.</exception>
    public MatrixRows(FeatureLayout layout, ReadOnlyMemory<float> values, ReadOnlyMemory<float> weights = default)
    {
        ArgumentNullException.ThrowIfNull(layout);
        if (values.Length % layout.RowWidth != 0)
        {
            throw new ArgumentException(
                $"{values.Length} values are not a whole number of rows of {layout.RowWidth} slots.", nameof(values));
        }

        Layout = layout;
        _values = values;
        _weights = weights;
        Count = values.Length / layout.RowWidth;
        if (!weights.IsEmpty && weights.Length != Count)
            throw new ArgumentException($"There are {weights.Length} weights for {Count} rows.", nameof(weights));
    }

    /// <inheritdoc/>
    public FeatureLayout Layout { get; }

    /// <summary>The number of rows.</summary>
    public int Count { get; }

    /// <inheritdoc/>
    public bool HasWeights => !_weights.IsEmpty;

    /// <inheritdoc/>
    public IFeatureRowReader Open() => new Reader(this);

    private sealed class Reader(MatrixRows table) : IFeatureRowReader
    {
        private int _next;

        public int Read(Span<float> rows, Span<float> weights)
        {
            int width = table.Layout.RowWidth;
            int count = Math.Min(rows.Length / width, table.Count - _next);
            table._values.Span.Slice(_next * width, count * width).CopyTo(rows);
            if (table.HasWeights) table._weights.Span.Slice(_next, count).CopyTo(weights);
            _next += count;
            return count;
        }

        public void Dispose()
        {
        }
    }
}
