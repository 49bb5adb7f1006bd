using System.Diagnostics;
using Microsoft.ML;

namespace Vae.Benchmarks.Cursor;

/// <summary>Asks a prediction engine for the embedding of every row.</summary>
/// <param name="name">What the table calls it.</param>
/// <param name="engine">The engine.</param>
/// <param name="rows">The rows.</param>
internal sealed class EngineReading(string name, PredictionEngine<TableRow, EmbeddedRow> engine, TableRow[] rows) : Reading(name)
{
    private readonly EmbeddedRow _result = new();

    protected override (double Nanoseconds, double Bytes) Read()
    {
        var result = _result;
        long allocated = GC.GetTotalAllocatedBytes(precise: true);
        long start = Stopwatch.GetTimestamp();
        foreach (var row in rows)
            engine.Predict(row, ref result);
        var elapsed = Stopwatch.GetElapsedTime(start);
        long bytes = GC.GetTotalAllocatedBytes(precise: true) - allocated;
        return (elapsed.TotalNanoseconds / rows.Length, (double)bytes / rows.Length);
    }
}
