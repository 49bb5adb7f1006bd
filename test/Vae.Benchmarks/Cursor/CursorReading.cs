using System.Diagnostics;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Vae.Benchmarks.Cursor;

/// <summary>Reads vector columns of all rows through one cursor on the calling thread.</summary>
/// <param name="name">What the table calls it.</param>
/// <param name="data">The rows.</param>
/// <param name="columns">The columns to read.</param>
internal sealed class CursorReading(string name, IDataView data, params string[] columns) : Reading(name)
{
    private readonly DataViewSchema.Column[] _columns = [.. columns.Select(column => data.Schema[column])];

    /// <summary>The first row is read before the clock starts.</summary>
    protected override (double Nanoseconds, double Bytes) Read()
    {
        // A cursor of a set of one computes on this thread; GetRowCursor would hand the work to several.
        using var cursor = data.GetRowCursorSet(_columns, 1)[0];
        var getters = Array.ConvertAll(_columns, cursor.GetGetter<VBuffer<float>>);
        var buffers = new VBuffer<float>[getters.Length];
        cursor.MoveNext();
        Read(getters, buffers);
        long allocated = GC.GetTotalAllocatedBytes(precise: true);
        long start = Stopwatch.GetTimestamp();
        int rows = 0;
        for (; cursor.MoveNext(); rows++)
            Read(getters, buffers);
        var elapsed = Stopwatch.GetElapsedTime(start);
        long bytes = GC.GetTotalAllocatedBytes(precise: true) - allocated;
        return (elapsed.TotalNanoseconds / rows, (double)bytes / rows);
    }

    private static void Read(ValueGetter<VBuffer<float>>[] getters, VBuffer<float>[] buffers)
    {
        for (int i = 0; i < getters.Length; i++)
            getters[i](ref buffers[i]);
    }
}
