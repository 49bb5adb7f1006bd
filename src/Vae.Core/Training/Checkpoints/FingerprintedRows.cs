using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Vae.Data;

namespace Vae.Training.Checkpoints;

/// <summary>Rows that pass through unchanged, and are hashed on the way.</summary>
internal sealed class FingerprintedRows(IFeatureRows rows) : IFeatureRows
{
    public FeatureLayout Layout => rows.Layout;

    public bool HasWeights => rows.HasWeights;

    /// <summary>The hash of all rows and weights, once a reading has come to its end.</summary>
    public string Hash { get; private set; } = "";

    public IFeatureRowReader Open() => new Reader(this, rows.Open());

    private sealed class Reader(FingerprintedRows owner, IFeatureRowReader inner) : IFeatureRowReader
    {
        // Rows and weights apart, so that the hash does not depend on how many rows are read at a time.
        private readonly IncrementalHash _rows = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        private readonly IncrementalHash _weights = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

        public int Read(Span<float> rows, Span<float> weights)
        {
            int count = inner.Read(rows, weights);
            _rows.AppendData(MemoryMarshal.AsBytes(rows[..(count * owner.Layout.RowWidth)]));
            if (owner.HasWeights) _weights.AppendData(MemoryMarshal.AsBytes(weights[..count]));
            if (count == 0) owner.Hash = Convert.ToHexString([.. _rows.GetCurrentHash(), .. _weights.GetCurrentHash()]);
            return count;
        }

        public void Dispose()
        {
            inner.Dispose();
            _rows.Dispose();
            _weights.Dispose();
        }
    }
}
