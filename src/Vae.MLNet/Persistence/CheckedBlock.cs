using System.Security.Cryptography;
using System.Text;
using Microsoft.ML.Runtime;
using Vae.MLNet.Internals;
using Vae.Persistence;

namespace Vae.MLNet.Persistence;

/// <summary>
/// The part of a transformer that ML.NET's header and the models do not cover, under a checksum. The header carries the version.
/// </summary>
internal static class CheckedBlock
{
    private const int LargestBlock = 1 << 28;

    // *** Binary format ***
    // int32: n, the length of the block in bytes
    // the block
    // byte[32]: SHA-256 of the block
    // Strings are UTF-8 behind their length as BinaryWriter writes it; numbers are little-endian.

    /// <summary>Writes a block.</summary>
    public static void Write(BinaryWriter writer, Action<BinaryWriter> write)
    {
        using var memory = new MemoryStream();
        using (var block = new BinaryWriter(memory, Encoding.UTF8, leaveOpen: true))
            write(block);
        byte[] bytes = memory.ToArray();
        writer.Write(bytes.Length);
        writer.Write(bytes);
        writer.Write(SHA256.HashData(bytes));
        writer.Flush();
    }

    /// <summary>Reads a block, and whatever follows it.</summary>
    /// <param name="host">Whose errors.</param>
    /// <param name="what">What is read, for messages.</param>
    /// <param name="reader">Where the block begins.</param>
    /// <param name="read">Reads what is in the block, to its end; may read what follows it.</param>
    /// <exception cref="FormatException">The bytes are truncated, corrupt or of a newer version.</exception>
    public static T Read<T>(IHost host, string what, BinaryReader reader, Func<BlockReader, T> read)
    {
        var corrupt = Errors.Format(host, $"The {what} in this model is corrupt.");
        try
        {
            int length = reader.ReadInt32();
            if (length is <= 0 or > LargestBlock) throw corrupt;
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            byte[] bytes = UntrustedBytes.Read(reader.BaseStream, length, hash);
            byte[] actual = hash.GetHashAndReset();
            byte[] expected = UntrustedBytes.Read(reader.BaseStream, actual.Length, hash);
            if (bytes.Length != length || !actual.AsSpan().SequenceEqual(expected)) throw corrupt;
            using var block = new BlockReader(bytes, corrupt);
            var content = read(block);
            block.Require(block.BaseStream.Position == length);
            return content;
        }
        catch (Exception exception) when (
            exception is InvalidDataException or EndOfStreamException || (exception is FormatException && exception.Data.Count == 0))
        {
            throw Errors.Format(host, exception, exception.Message);
        }
    }
}

/// <summary>Reads a block that may have been made to harm.</summary>
/// <param name="bytes">The block.</param>
/// <param name="corrupt">What is thrown where it is not what it should be.</param>
internal sealed class BlockReader(byte[] bytes, Exception corrupt) : BinaryReader(new MemoryStream(bytes), Encoding.UTF8)
{
    /// <summary>The bytes that are left.</summary>
    public long Rest => BaseStream.Length - BaseStream.Position;

    /// <summary>Throws if something is not as it should be.</summary>
    public void Require(bool valid)
    {
        if (!valid) throw corrupt;
    }

    /// <summary>A string; one that claims a negative length is an <see cref="IOException"/> to a BinaryReader, and corrupt to us.</summary>
    public override string ReadString()
    {
        long start = BaseStream.Position;
        Require(Read7BitEncodedInt() >= 0);
        BaseStream.Position = start;
        return base.ReadString();
    }
}
