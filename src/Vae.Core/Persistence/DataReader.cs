using System.Buffers.Binary;

namespace Vae.Persistence;

/// <summary>Takes little-endian numbers from bytes that are long enough.</summary>
internal ref struct DataReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    public void Read(Span<double> values)
    {
        for (int i = 0; i < values.Length; i++)
            values[i] = BinaryPrimitives.ReadDoubleLittleEndian(_rest[(i * sizeof(double))..]);
        _rest = _rest[(values.Length * sizeof(double))..];
    }

    public void Read(Span<float> values)
    {
        for (int i = 0; i < values.Length; i++)
            values[i] = BinaryPrimitives.ReadSingleLittleEndian(_rest[(i * sizeof(float))..]);
        _rest = _rest[(values.Length * sizeof(float))..];
    }
}
