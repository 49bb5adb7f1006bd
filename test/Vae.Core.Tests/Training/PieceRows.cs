using Vae.Data;

namespace Vae.Tests.Training;

/// <summary>The rows of a table, read a few at a time.</summary>
internal sealed class PieceRows(MatrixRows rows) : IFeatureRows
{
    public FeatureLayout Layout => rows.Layout;

    public bool HasWeights => rows.HasWeights;

    public IFeatureRowReader Open() => new Reader(rows);

    private sealed class Reader(MatrixRows rows) : IFeatureRowReader
    {
        private readonly IFeatureRowReader _reader = rows.Open();
        private int _calls;

        public int Read(Span<float> values, Span<float> weights)
        {
            int most = Math.Min(_calls++ % 7 + 1, values.Length / rows.Layout.RowWidth);
            return _reader.Read(values[..(most * rows.Layout.RowWidth)], weights.IsEmpty ? weights : weights[..most]);
        }

        public void Dispose() => _reader.Dispose();
    }
}
