using Vae.Features;
using Vae.Numerics;

namespace Vae.Benchmarks.Peers;

/// <summary>Standard normal rows that are made as they are read.</summary>
internal sealed class GeneratedRows(int slots, int count) : IFeatureRows
{
    public FeatureLayout Layout { get; } = FeatureLayout.Numeric(slots);

    public bool HasWeights => false;

    public IFeatureRowReader Open() => new Reader(slots, count);

    private sealed class Reader(int slots, int count) : IFeatureRowReader
    {
        private int _next;

        public int Read(Span<float> rows, Span<float> weights)
        {
            int read = Math.Min(rows.Length / slots, count - _next);
            CounterRandom.FillNormal(1, 1, (ulong)_next * (ulong)slots, rows[..(read * slots)]);
            _next += read;
            return read;
        }

        public void Dispose()
        {
        }
    }
}
