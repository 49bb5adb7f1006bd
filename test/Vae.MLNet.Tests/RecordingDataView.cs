using System.Collections.Concurrent;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Vae.MLNet.Tests;

/// <summary>Passes data on and writes down which columns were asked for and how often each value was read.</summary>
internal sealed class RecordingDataView(IDataView data) : IDataView
{
    public ConcurrentDictionary<string, int> Reads { get; } = new();

    public HashSet<string> Requested { get; } = [];

    public bool CanShuffle => data.CanShuffle;

    public DataViewSchema Schema => data.Schema;

    public long? GetRowCount() => data.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        var columns = columnsNeeded.ToArray();
        Requested.UnionWith(columns.Select(column => column.Name));
        return new Cursor(this, data.GetRowCursor(columns, rand));
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
        [GetRowCursor(columnsNeeded, rand)];

    private sealed class Cursor(RecordingDataView view, DataViewRowCursor inner) : DataViewRowCursor
    {
        public override DataViewSchema Schema => view.Schema;

        public override long Position => inner.Position;

        public override long Batch => inner.Batch;

        public override bool MoveNext() => inner.MoveNext();

        public override bool IsColumnActive(DataViewSchema.Column column) => inner.IsColumnActive(column);

        public override ValueGetter<DataViewRowId> GetIdGetter() => inner.GetIdGetter();

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        {
            var getter = inner.GetGetter<TValue>(column);
            return (ref TValue value) =>
            {
                view.Reads.AddOrUpdate(column.Name, 1, (_, count) => count + 1);
                getter(ref value);
            };
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing) inner.Dispose();
            base.Dispose(disposing);
        }
    }
}
