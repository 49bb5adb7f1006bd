using Microsoft.ML;
using Microsoft.ML.Runtime;
using Vae.Data;
using Vae.MLNet.Columns;
using Vae.MLNet.Internals;

namespace Vae.MLNet.Training;

/// <summary>One pass over a data view.</summary>
internal sealed class DataViewRowReader : IFeatureRowReader
{
    private readonly IHost _host;
    private readonly DataViewRowCursor _cursor;
    private readonly RowReader _reader;
    private readonly DataViewRows _rows;
    private readonly ValueGetter<float>? _weight;
    private long _count;
    private bool _observed;

    public DataViewRowReader(IHost host, DataViewRowCursor cursor, RowReader reader, DataViewRows rows, string? weightColumnName)
    {
        _host = host;
        _cursor = cursor;
        _reader = reader;
        _rows = rows;
        if (weightColumnName is not null) _weight = cursor.GetGetter<float>(cursor.Schema[weightColumnName]);
    }

    /// <inheritdoc/>
    public int Read(Span<float> rows, Span<float> weights)
    {
        int width = _rows.Layout.RowWidth;
        int capacity = rows.Length / width;
        int read = 0;
        while (read < capacity && _cursor.MoveNext())
        {
            var row = rows.Slice(read * width, width);
            _reader.Read(row);
            _weight?.Invoke(ref weights[read]);
            _observed = _observed || _rows.Layout.IsAnyObserved(row);
            read++;
        }

        _count += read;
        if (read == 0 && capacity > 0) CheckTable();
        return read;
    }

    /// <inheritdoc/>
    public void Dispose() => _cursor.Dispose();

    /// <summary>At the end of the table: whether there was anything in it.</summary>
    private void CheckTable()
    {
        if (_count == 0) throw Errors.Data(_host, $"Training set has 0 instances, aborting training. Input: {_rows.ColumnNames}.");
        if (!_observed) throw Errors.Data(_host, $"All values are missing in all {_count} rows of the training set, aborting training. Input: {_rows.ColumnNames}.");
    }
}
