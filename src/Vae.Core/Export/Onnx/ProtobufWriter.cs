using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Vae.Export.Onnx;

/// <summary>
/// Writes protocol buffers: fields, each with its number and the way it is coded (varint or length-delimited, as far as ONNX needs them).
/// </summary>
internal sealed class ProtobufWriter
{
    private const int Varint = 0;
    private const int LengthDelimited = 2;

    private readonly ArrayBufferWriter<byte> _bytes = new();

    /// <summary>Hands what was written to a stream.</summary>
    public void CopyTo(Stream stream) => stream.Write(_bytes.WrittenSpan);

    /// <summary>A whole number.</summary>
    public void Write(int field, long value)
    {
        WriteTag(field, Varint);
        WriteVarint((ulong)value);
    }

    /// <summary>A text.</summary>
    public void Write(int field, string text) => Write(field, Encoding.UTF8.GetBytes(text));

    /// <summary>Bytes.</summary>
    public void Write(int field, ReadOnlySpan<byte> bytes)
    {
        WriteTag(field, LengthDelimited);
        WriteVarint((ulong)bytes.Length);
        _bytes.Write(bytes);
    }

    /// <summary>Floats as bytes, little-endian.</summary>
    public void Write(int field, ReadOnlySpan<float> values)
    {
        byte[] bytes = new byte[values.Length * sizeof(float)];
        for (int i = 0; i < values.Length; i++)
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)), values[i]);
        Write(field, bytes);
    }

    /// <summary>Whole numbers as bytes, little-endian.</summary>
    public void Write(int field, ReadOnlySpan<long> values)
    {
        byte[] bytes = new byte[values.Length * sizeof(long)];
        for (int i = 0; i < values.Length; i++)
            BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(i * sizeof(long)), values[i]);
        Write(field, bytes);
    }

    /// <summary>A message.</summary>
    public void Write(int field, Action<ProtobufWriter> write)
    {
        var message = new ProtobufWriter();
        write(message);
        Write(field, message._bytes.WrittenSpan);
    }

    private void WriteTag(int field, int wireType) => WriteVarint((ulong)(field << 3 | wireType));

    private void WriteVarint(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
            _bytes.Write([(byte)(value | 0x80)]);
        _bytes.Write([(byte)value]);
    }
}
