using Microsoft.ML;
using Microsoft.ML.Runtime;
using Vae.Data;
using Vae.MLNet.Columns;

namespace Vae.MLNet.Training;

/// <summary>The rows of a data view as a trainer reads them: streamed through a cursor that has only the needed columns active.</summary>
internal sealed class DataViewRows(IHost host, IDataView data, InputColumn[] inputs, FeatureLayout layout, string? weightColumnName) : IFeatureRows
{
    /// <inheritdoc/>
    public FeatureLayout Layout => layout;

    /// <inheritdoc/>
    public bool HasWeights => weightColumnName is not null;

    /// <summary>Whether a trainer has begun to read: what it objected to before were not the rows.</summary>
    public bool WasOpened { get; private set; }

    /// <summary>The names of the columns, for messages.</summary>
    public string ColumnNames => string.Join(", ", inputs.Select(input => $"'{input.Name}'"));

    /// <inheritdoc/>
    public IFeatureRowReader Open()
    {
        WasOpened = true;
        var columns = inputs.Select(input => data.Schema[input.Name]).ToList();
        if (weightColumnName is not null) columns.Add(data.Schema[weightColumnName]);
        var cursor = data.GetRowCursor(columns);
        return new DataViewRowReader(host, cursor, new RowReader(host, cursor, inputs), this, weightColumnName);
    }
}
