using Microsoft.ML;
using Microsoft.ML.Data;

namespace Vae.MLNet.Rows;

/// <summary>Some of the rows of a data view, by their numbers, in their order.</summary>
internal sealed class SelectedDataView(IDataView data, Predicate<int> isSelected) : IDataView
{
    public bool CanShuffle => false;

    public DataViewSchema Schema => data.Schema;

    public long? GetRowCount() => null;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) =>
        new Cursor(data.GetRowCursor(columnsNeeded), isSelected);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
        [GetRowCursor(columnsNeeded, rand)];

    private sealed class Cursor(DataViewRowCursor all, Predicate<int> isSelected) : DataViewRowCursor
    {
        private int _row = -1;
        private long _position = -1;

        public override DataViewSchema Schema => all.Schema;

        public override long Position => _position;

        public override long Batch => 0;

        public override bool IsColumnActive(DataViewSchema.Column column) => all.IsColumnActive(column);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => all.GetGetter<TValue>(column);

        public override ValueGetter<DataViewRowId> GetIdGetter() => all.GetIdGetter();

        public override bool MoveNext()
        {
            while (all.MoveNext())
            {
                _row = checked(_row + 1);
                if (!isSelected(_row)) continue;
                _position++;
                return true;
            }

            return false;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing) all.Dispose();
            base.Dispose(disposing);
        }
    }
}
