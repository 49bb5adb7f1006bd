using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Vae.Persistence;

/// <summary>Writes little-endian numbers to a stream, a buffer at a time, and hashes what goes through.</summary>
internal sealed class DataWriter(Stream stream, IncrementalHash hash)
{
    private readonly byte[] _buffer = new byte[1 << 14];
    private int _filled;

    /// <summary>The number of bytes so far.</summary>
    public long Length { get; private set; }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        Flush();
        Put(bytes);
    }

    public void Write(ReadOnlySpan<double> values)
    {
        foreach (double value in values)
            BinaryPrimitives.WriteDoubleLittleEndian(Next(sizeof(double)), value);
    }

    public void Write(ReadOnlySpan<float> values)
    {
        foreach (float value in values)
            BinaryPrimitives.WriteSingleLittleEndian(Next(sizeof(float)), value);
    }

    /// <summary>Hands everything to the stream.</summary>
    public void Flush()
    {
        Put(_buffer.AsSpan(0, _filled));
        _filled = 0;
    }

    private Span<byte> Next(int length)
    {
        if (_filled + length > _buffer.Length) Flush();
        var next = _buffer.AsSpan(_filled, length);
        _filled += length;
        return next;
    }

    private void Put(ReadOnlySpan<byte> bytes)
    {
        stream.Write(bytes);
        hash.AppendData(bytes);
        Length += bytes.Length;
    }
}

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
