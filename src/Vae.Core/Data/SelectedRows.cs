namespace Vae.Data;

/// <summary>Some of the rows of a table, by their numbers; read anew from the table at every opening.</summary>
internal sealed class SelectedRows(IFeatureRows table, Predicate<int> isSelected) : IFeatureRows
{
    private const int BufferRows = 256;

    /// <inheritdoc/>
    public FeatureLayout Layout => table.Layout;

    /// <inheritdoc/>
    public bool HasWeights => table.HasWeights;

    /// <inheritdoc/>
    public IFeatureRowReader Open() => new Reader(table, isSelected);

    /// <summary>Calls the action with every selected row and its number.</summary>
    /// <param name="action">Takes a row, its weight and its number.</param>
    /// <param name="cancellationToken">Looked at after every few rows.</param>
    public void ForEach(NumberedRowAction action, CancellationToken cancellationToken)
    {
        using var reader = table.Open();
        var rows = new float[BufferRows * Layout.RowWidth];
        var weights = new float[HasWeights ? BufferRows : 0];
        int number = 0;
        for (int count = reader.Read(rows, weights); count > 0; count = reader.Read(rows, weights))
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (int row = 0; row < count; row++, number = checked(number + 1))
            {
                if (isSelected(number)) action(rows.AsSpan(row * Layout.RowWidth, Layout.RowWidth), HasWeights ? weights[row] : 1, number);
            }
        }
    }

    private sealed class Reader(IFeatureRows table, Predicate<int> isSelected) : IFeatureRowReader
    {
        private readonly IFeatureRowReader _reader = table.Open();
        private readonly float[] _rows = new float[BufferRows * table.Layout.RowWidth];
        private readonly float[] _weights = new float[table.HasWeights ? BufferRows : 0];
        private int _count;
        private int _next;
        private int _number;

        public int Read(Span<float> rows, Span<float> weights)
        {
            int width = table.Layout.RowWidth;
            int capacity = rows.Length / width;
            int read = 0;
            while (read < capacity && (_next < _count || Fill()))
            {
                int row = _next++;
                if (!isSelected(_number++)) continue;
                _rows.AsSpan(row * width, width).CopyTo(rows[(read * width)..]);
                if (table.HasWeights) weights[read] = _weights[row];
                read++;
            }

            return read;
        }

        public void Dispose() => _reader.Dispose();

        private bool Fill()
        {
            _next = 0;
            _count = _reader.Read(_rows, _weights);
            return _count > 0;
        }
    }
}

/// <summary>Takes a row, its weight and its number in the table.</summary>
internal delegate void NumberedRowAction(ReadOnlySpan<float> row, float weight, int number);
