using Microsoft.ML;
using Vae.Data;
using Vae.MLNet.Columns;
using Vae.MLNet.Rows;

namespace Vae.Reports.Rows;

/// <summary>The rows that go into a transformer, and beside each the cells of what came out of the pipeline.</summary>
internal sealed class DataViewReportRows : IReportRows
{
    private readonly DataViewRowCursor _input;
    private readonly DataViewRowCursor _output;
    private readonly RowReader _reader;
    private readonly Func<Cell>[] _cells;

    /// <param name="step">The model in its pipeline, with the data before and after.</param>
    /// <param name="names">The columns to read of the data after.</param>
    public DataViewReportRows(PipelineStep step, IReadOnlyList<string> names)
    {
        Layout = step.Model.Layout;
        var (input, output) = (step.Input, step.Output);
        InputColumn.Bind(step.Host, input.Schema, step.Inputs);
        DataViewSchema.Column[] columns = [.. names.Select(name => output.Schema.GetColumnOrNull(name) ?? throw Missing(name))];
        Columns = Array.ConvertAll(columns, CellGetter.Describe);
        _input = input.GetRowCursor(step.Inputs.Select(column => input.Schema[column.Name]));
        _output = output.GetRowCursor(columns);
        _reader = new RowReader(step.Host, _input, step.Inputs);
        _cells = Array.ConvertAll(columns, column => CellGetter.Open(_output, column));
    }

    public FeatureLayout Layout { get; }

    public IReadOnlyList<CellColumn> Columns { get; }

    public bool Read(Span<float> row, Span<Cell> cells)
    {
        if (!_input.MoveNext() || !_output.MoveNext()) return false;
        _reader.Read(row);
        for (int i = 0; i < _cells.Length; i++)
            cells[i] = _cells[i]();
        return true;
    }

    public void Dispose()
    {
        _input.Dispose();
        _output.Dispose();
    }

    private static ArgumentException Missing(string name) =>
        new($"'{name}' is neither a feature of the model nor a column of the data.");
}
