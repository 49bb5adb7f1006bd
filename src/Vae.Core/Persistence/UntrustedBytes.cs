using System.Security.Cryptography;

namespace Vae.Persistence;

/// <summary>Reading as many bytes as a file claims to have, without believing it.</summary>
internal static class UntrustedBytes
{
    private const int FirstPiece = 4096;

    /// <summary>
    /// Reads up to <paramref name="length"/> bytes. Memory grows with what has been read, or with what the stream knows to have, never with
    /// <paramref name="length"/> alone: a small file that claims to be huge costs no more than a small one.
    /// </summary>
    /// <returns>The bytes; fewer than <paramref name="length"/> where the stream ends.</returns>
    public static byte[] Read(Stream stream, int length, IncrementalHash hash)
    {
        long known = stream.CanSeek ? stream.Length - stream.Position : 0;
        var bytes = new byte[Math.Min(length, Math.Max(known, FirstPiece))];
        int filled = 0;
        while (filled < length)
        {
            if (filled == bytes.Length) Array.Resize(ref bytes, (int)Math.Min(length, 4L * filled));
            int read = stream.Read(bytes, filled, bytes.Length - filled);
            if (read == 0)
            {
                Array.Resize(ref bytes, filled);
                break;
            }

            filled += read;
        }

        hash.AppendData(bytes);
        return bytes;
    }
}
