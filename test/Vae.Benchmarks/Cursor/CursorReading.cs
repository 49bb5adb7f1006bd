using System.Diagnostics;
using Microsoft.ML;
using Microsoft.ML.Data;
using Vae.Benchmarks.Reporting;

namespace Vae.Benchmarks.Cursor;

/// <summary>Reads vector columns of all rows through one cursor on the calling thread.</summary>
internal sealed class CursorReading
{
    private readonly IDataView _data;
    private readonly DataViewSchema.Column[] _columns;
    private readonly List<double> _nanoseconds = [];
    private readonly List<double> _bytes = [];

    /// <param name="name">What the table calls it.</param>
    /// <param name="data">The rows.</param>
    /// <param name="columns">The columns to read.</param>
    public CursorReading(string name, IDataView data, params string[] columns)
    {
        Name = name;
        _data = data;
        _columns = [.. columns.Select(column => data.Schema[column])];
    }

    public string Name { get; }

    /// <summary>The median over rounds of nanoseconds per row.</summary>
    public double Nanoseconds => Median.Of(_nanoseconds);

    /// <summary>The median over rounds of the bytes that all threads allocated per row.</summary>
    public double Bytes => Median.Of(_bytes);

    /// <summary>Reads all rows. The first one is read before the clock starts.</summary>
    public void Round(bool isWarmUp)
    {
        // A cursor of a set of one computes on this thread; GetRowCursor would hand the work to several.
        using var cursor = _data.GetRowCursorSet(_columns, 1)[0];
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
        if (isWarmUp) return;
        _nanoseconds.Add(elapsed.TotalNanoseconds / rows);
        _bytes.Add((double)bytes / rows);
    }

    private static void Read(ValueGetter<VBuffer<float>>[] getters, VBuffer<float>[] buffers)
    {
        for (int i = 0; i < getters.Length; i++)
            getters[i](ref buffers[i]);
    }
}
