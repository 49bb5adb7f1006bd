using Microsoft.ML;
using Microsoft.ML.Data;
using Vae.Synthesis;

namespace Vae.MLNet.Synthesis;

/// <summary>
/// New rows, drawn as they are read. A row depends on the seed and its number alone, so that every cursor reads the same ones.
/// </summary>
internal sealed class SyntheticDataView : IDataView
{
    /// <summary>The rows that a cursor draws at a time.</summary>
    private const int RowsPerDraw = 256;

    private readonly RowSynthesizer _synthesizer;
    private readonly DrawnColumn[] _columns;
    private readonly long _count;

    public SyntheticDataView(RowSynthesizer synthesizer, DrawnColumn[] columns, long count)
    {
        _synthesizer = synthesizer;
        _columns = columns;
        _count = count;
        var builder = new DataViewSchema.Builder();
        foreach (var column in columns)
            builder.AddColumn(column.Column.Name, column.Column.Type, column.Column.Annotations);
        Schema = builder.ToSchema();
    }

    public bool CanShuffle => false;

    public DataViewSchema Schema { get; }

    public long? GetRowCount() => _count;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) =>
        new Cursor(this, [.. columnsNeeded.Select(column => column.Index)]);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
        [GetRowCursor(columnsNeeded, rand)];

    private sealed class Cursor : DataViewRowCursor
    {
        private readonly SyntheticDataView _view;
        private readonly HashSet<int> _active;
        private readonly float[] _rows;
        private readonly Delegate[] _getters;
        private long _position = -1;

        public Cursor(SyntheticDataView view, HashSet<int> active)
        {
            _view = view;
            _active = active;
            _rows = new float[active.Count == 0 ? 0 : RowsPerDraw * view._synthesizer.Layout.RowWidth];
            _getters = new Delegate[view._columns.Length];
            foreach (int column in active)
                _getters[column] = view._columns[column].CreateGetter(Current);
        }

        public override DataViewSchema Schema => _view.Schema;

        public override long Position => _position;

        public override long Batch => 0;

        public override bool IsColumnActive(DataViewSchema.Column column) => _active.Contains(column.Index);

        public override bool MoveNext()
        {
            if (_position == _view._count || ++_position == _view._count) return false;
            if (_active.Count > 0 && _position % RowsPerDraw == 0)
            {
                int count = (int)Math.Min(RowsPerDraw, _view._count - _position);
                _view._synthesizer.Draw(_position, _rows.AsSpan(0, count * _view._synthesizer.Layout.RowWidth));
            }

            return true;
        }

        public override ValueGetter<DataViewRowId> GetIdGetter() =>
            (ref DataViewRowId value) => value = new DataViewRowId((ulong)RequireRow(), 0);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        {
            if (!IsColumnActive(column)) throw new ArgumentOutOfRangeException(nameof(column), $"Column '{column.Name}' is not active.");
            return _getters[column.Index] as ValueGetter<TValue>
                ?? throw new InvalidOperationException($"Column '{column.Name}' has no values of type {typeof(TValue).Name}.");
        }

        private ReadOnlySpan<float> Current()
        {
            int width = _view._synthesizer.Layout.RowWidth;
            return _rows.AsSpan((int)(RequireRow() % RowsPerDraw) * width, width);
        }

        private long RequireRow() => _position >= 0 && _position < _view._count
            ? _position
            : throw new InvalidOperationException("The cursor is on no row: call MoveNext first, and while it returns true.");
    }
}
