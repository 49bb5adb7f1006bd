using Vae.Data;

namespace Vae.Reports.Rows;

/// <summary>Rows of a table without ML.NET, with columns of text beside them.</summary>
internal sealed class MemoryRows : IReportRows
{
    private readonly IFeatureRowReader _reader;
    private readonly float[] _weights;
    private readonly IReadOnlyList<string>[] _texts;
    private int _next;

    /// <param name="rows">The rows.</param>
    /// <param name="columns">A text per row for each name.</param>
    /// <param name="names">The columns to read.</param>
    /// <exception cref="ArgumentException">A column is not there.</exception>
    public MemoryRows(IFeatureRows rows, IReadOnlyDictionary<string, IReadOnlyList<string>> columns, IReadOnlyList<string> names)
    {
        Layout = rows.Layout;
        Columns = [.. names.Select(name => new CellColumn(name, IsNumber: false))];
        _texts = [.. names.Select(name => columns.TryGetValue(name, out var texts) ? texts : throw Missing(name))];
        _weights = rows.HasWeights ? new float[1] : [];
        _reader = rows.Open();
    }

    public FeatureLayout Layout { get; }

    public IReadOnlyList<CellColumn> Columns { get; }

    public bool Read(Span<float> row, Span<Cell> cells)
    {
        if (_reader.Read(row, _weights) == 0) return false;
        for (int i = 0; i < _texts.Length; i++)
            cells[i] = Cell.Of(_next < _texts[i].Count ? _texts[i][_next] : null);
        _next++;
        return true;
    }

    public void Dispose() => _reader.Dispose();

    private static ArgumentException Missing(string name) =>
        new($"'{name}' is neither a feature of the model nor one of the columns that were given with the rows.");
}
