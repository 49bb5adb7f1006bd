using Microsoft.ML;
using Microsoft.ML.Runtime;
using Vae.Data;
using Vae.MLNet.Columns;
using Vae.MLNet.Internals;

namespace Vae.MLNet.Rows;

/// <summary>The rows of a data view as a trainer reads them: streamed through a cursor that has only the needed columns active.</summary>
/// <param name="host">Whose errors.</param>
/// <param name="data">The data.</param>
/// <param name="inputs">The columns to read.</param>
/// <param name="layout">What their slots mean.</param>
/// <param name="weightColumnName">The column of the rows' weights, or null.</param>
/// <param name="mayBeEmpty">Whether there may be no value at all; a training set needs one.</param>
internal sealed class DataViewRows(
    IHost host, IDataView data, InputColumn[] inputs, FeatureLayout layout, string? weightColumnName, bool mayBeEmpty = false)
    : IFeatureRows
{
    /// <inheritdoc/>
    public FeatureLayout Layout => layout;

    /// <inheritdoc/>
    public bool HasWeights => weightColumnName is not null;

    /// <summary>The columns that are read.</summary>
    public InputColumn[] Inputs => inputs;

    /// <summary>Whether a trainer has begun to read: what it objected to before were not the rows.</summary>
    public bool WasOpened { get; private set; }

    private bool MayBeEmpty => mayBeEmpty;

    /// <summary>The names of the columns, for messages.</summary>
    public string ColumnNames => string.Join(", ", inputs.Select(input => $"'{input.Name}'"));

    /// <inheritdoc/>
    public IFeatureRowReader Open()
    {
        WasOpened = true;
        var columns = inputs.Select(input => data.Schema[input.Name]).ToList();
        if (weightColumnName is not null) columns.Add(data.Schema[weightColumnName]);
        var cursor = data.GetRowCursor(columns);
        var weight = weightColumnName is null ? null : cursor.GetGetter<float>(cursor.Schema[weightColumnName]);
        return new Pass(host, this, cursor, new RowReader(host, cursor, inputs), weight);
    }

    /// <summary>One pass over the data view; at its end it is known whether there was anything in the table.</summary>
    private sealed class Pass(
        IHost host, DataViewRows table, DataViewRowCursor cursor, RowReader reader, ValueGetter<float>? weight) : IFeatureRowReader
    {
        private long _count;
        private bool _observed;

        /// <inheritdoc/>
        public int Read(Span<float> rows, Span<float> weights)
        {
            int width = table.Layout.RowWidth;
            int capacity = rows.Length / width;
            int read = 0;
            while (read < capacity && cursor.MoveNext())
            {
                var row = rows.Slice(read * width, width);
                reader.Read(row);
                weight?.Invoke(ref weights[read]);
                _observed = _observed || table.Layout.IsAnyObserved(row);
                read++;
            }

            _count += read;
            if (read == 0 && capacity > 0 && !table.MayBeEmpty) CheckTable();
            return read;
        }

        /// <inheritdoc/>
        public void Dispose() => cursor.Dispose();

        private void CheckTable()
        {
            string? fault = _count == 0 ? "Training set has 0 instances"
                : !_observed ? $"All values are missing in all {_count} rows of the training set"
                : null;
            if (fault is not null) throw Errors.Data(host, $"{fault}, aborting training. Input: {table.ColumnNames}.");
        }
    }
}
