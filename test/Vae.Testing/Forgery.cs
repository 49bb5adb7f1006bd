using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Vae.Testing;

/// <summary>Model files that somebody has changed with care, so that lengths and checksum are right.</summary>
public static class Forgery
{
    private const int PrefixLength = 24;

    public static int HeaderLength(byte[] file) => BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(12));

    /// <summary>Changes the header.</summary>
    public static byte[] WithHeader(byte[] file, Action<JsonObject> change)
    {
        var header = JsonNode.Parse(file.AsSpan(PrefixLength, HeaderLength(file)))!.AsObject();
        change(header);
        return WithHeaderText(file, header.ToJsonString());
    }

    /// <summary>Replaces the header by any text.</summary>
    public static byte[] WithHeaderText(byte[] file, string header)
    {
        var text = Encoding.UTF8.GetBytes(header);
        var data = file.AsSpan(PrefixLength + HeaderLength(file));
        byte[] forged = [.. file.AsSpan(0, PrefixLength), .. text, .. data];
        BinaryPrimitives.WriteInt32LittleEndian(forged.AsSpan(12), text.Length);
        return Sign(forged);
    }

    /// <summary>Changes the data in place.</summary>
    public static byte[] WithData(byte[] file, Action<ArraySegment<byte>> change)
    {
        byte[] forged = [.. file];
        int start = PrefixLength + HeaderLength(file);
        change(new ArraySegment<byte>(forged, start, forged.Length - SHA256.HashSizeInBytes - start));
        return Sign(forged);
    }

    /// <summary>Makes the checksum right again.</summary>
    public static byte[] Sign(byte[] file)
    {
        SHA256.HashData(file.AsSpan(0, file.Length - SHA256.HashSizeInBytes), file.AsSpan(file.Length - SHA256.HashSizeInBytes));
        return file;
    }
}
