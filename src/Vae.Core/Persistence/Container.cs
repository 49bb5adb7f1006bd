using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace Vae.Persistence;

/// <summary>
/// The outer form of every file that the library writes: what it is, how long it is, and whether it is whole. Reading needs no seekable
/// stream and takes exactly the bytes that were written, so that other data may follow.
/// </summary>
/// <remarks><code>
/// offset  size  content
///      0     8  magic: 0x89 and five letters that say what the file is, then CR LF (so that a transfer as text is noticed)
///      8     4  int32   format version; readers read their own and all older ones
///     12     4  int32   h, the length of the header, at most 64 MiB
///     16     8  int64   d, the length of the data, at most 2 GiB
///     24     h  header: UTF-8 JSON
///   24+h     d  data: numbers without padding, in the order that the header tells
/// 24+h+d    32  SHA-256 of all bytes before it
/// All numbers are little-endian.
/// </code></remarks>
/// <param name="magic">The first eight bytes.</param>
/// <param name="version">The newest version, which is the one that is written.</param>
/// <param name="what">What messages call the file, for instance "model file".</param>
internal sealed class Container(byte[] magic, int version, string what)
{
    private const int PrefixLength = 24;
    private const int LongestHeader = 64 << 20;

    private static readonly long LongestData = Array.MaxLength;

    /// <summary>Writes a file of the newest version.</summary>
    /// <param name="stream">Where to; only written to.</param>
    /// <param name="header">The header.</param>
    /// <param name="dataLength">The length of the data.</param>
    /// <param name="writeData">Writes exactly that many bytes.</param>
    /// <exception cref="NotSupportedException">The file would be larger than readers take.</exception>
    public void Write(Stream stream, ReadOnlySpan<byte> header, long dataLength, Action<DataWriter> writeData)
    {
        if (header.Length > LongestHeader || dataLength > LongestData)
        {
            throw new NotSupportedException(
                $"The {what} would be too large: its header may have {LongestHeader} bytes and its numbers {LongestData}.");
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var writer = new DataWriter(stream, hash);
        Span<byte> prefix = stackalloc byte[PrefixLength];
        magic.CopyTo(prefix);
        BinaryPrimitives.WriteInt32LittleEndian(prefix[8..], version);
        BinaryPrimitives.WriteInt32LittleEndian(prefix[12..], header.Length);
        BinaryPrimitives.WriteInt64LittleEndian(prefix[16..], dataLength);
        writer.Write(prefix);
        writer.Write(header);
        writeData(writer);
        writer.Flush();
        if (writer.Length != PrefixLength + header.Length + dataLength)
            throw new InvalidOperationException($"The {what} has {writer.Length} bytes of {PrefixLength + header.Length + dataLength}.");
        stream.Write(hash.GetHashAndReset());
    }

    /// <summary>Reads a file of the newest or an older version and checks that it is whole; what is in it remains to be checked.</summary>
    /// <exception cref="InvalidDataException">It is another kind of file, is truncated or is corrupt; the message says which.</exception>
    /// <exception cref="FormatException">A newer version of the library wrote it; the message names both versions.</exception>
    public ContainerContent Read(Stream stream)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var start = UntrustedBytes.Read(stream, magic.Length, hash);
        if (!magic.AsSpan(0, start.Length).SequenceEqual(start))
            throw new InvalidDataException($"This is not a {what}: it does not begin as one.");
        RequireWhole(start, magic.Length);

        var rest = UntrustedBytes.Read(stream, PrefixLength - magic.Length, hash);
        RequireWhole(rest, PrefixLength - magic.Length);
        int found = BinaryPrimitives.ReadInt32LittleEndian(rest);
        int headerLength = BinaryPrimitives.ReadInt32LittleEndian(rest.AsSpan(4));
        long dataLength = BinaryPrimitives.ReadInt64LittleEndian(rest.AsSpan(8));
        if (found < 1) throw Corrupt(Invariant($"version {found} does not exist"));
        if (found > version)
        {
            throw new FormatException(
                Invariant($"The {what} has format version {found}; this version of the library reads up to version {version}."));
        }

        if (headerLength < 0 || headerLength > LongestHeader) throw Corrupt(Invariant($"a header of {headerLength} bytes cannot be"));
        if (dataLength < 0 || dataLength > LongestData) throw Corrupt(Invariant($"data of {dataLength} bytes cannot be"));

        var header = UntrustedBytes.Read(stream, headerLength, hash);
        RequireWhole(header, headerLength);
        var data = UntrustedBytes.Read(stream, (int)dataLength, hash);
        RequireWhole(data, (int)dataLength);
        var actual = hash.GetHashAndReset();
        var expected = UntrustedBytes.Read(stream, actual.Length, hash);
        RequireWhole(expected, actual.Length);
        return actual.AsSpan().SequenceEqual(expected) ? new ContainerContent(found, header, data) : throw Corrupt("its checksum is wrong");
    }

    /// <summary>What to throw when something in the file cannot be.</summary>
    public InvalidDataException Corrupt(string problem, Exception? inner = null) => new($"The {what} is corrupt: {problem}.", inner);

    private void RequireWhole(byte[] read, int length)
    {
        if (read.Length < length) throw new InvalidDataException($"The {what} is truncated: it ends before its own end.");
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

/// <summary>What a <see cref="Container"/> holds.</summary>
/// <param name="Version">The format version that it was written in.</param>
/// <param name="Header">UTF-8 JSON.</param>
/// <param name="Data">Little-endian numbers.</param>
internal readonly record struct ContainerContent(int Version, byte[] Header, byte[] Data);
