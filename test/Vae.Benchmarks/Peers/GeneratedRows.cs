using System.Diagnostics;
using Vae.Data;
using Vae.Numerics.RandomNumbers;

namespace Vae.Benchmarks.Peers;

/// <summary>Standard normal rows that are made as they are read.</summary>
internal sealed class GeneratedRows(int slots, int count) : IFeatureRows
{
    public FeatureLayout Layout { get; } = FeatureLayout.Numeric(slots);

    public bool HasWeights => false;

    /// <summary>How long making the rows took.</summary>
    public TimeSpan Time { get; private set; }

    public IFeatureRowReader Open() => new Reader(this, slots, count);

    private sealed class Reader(GeneratedRows source, int slots, int count) : IFeatureRowReader
    {
        private int _next;

        public int Read(Span<float> rows, Span<float> weights)
        {
            long start = Stopwatch.GetTimestamp();
            int read = Math.Min(rows.Length / slots, count - _next);
            CounterRandom.FillNormal(1, 1, (ulong)_next * (ulong)slots, rows[..(read * slots)]);
            _next += read;
            source.Time += Stopwatch.GetElapsedTime(start);
            return read;
        }

        public void Dispose()
        {
        }
    }
}
