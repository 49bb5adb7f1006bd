using System.Buffers.Binary;

namespace Vae.Testing;

/// <summary>One way to damage a file.</summary>
public static class Mutation
{
    private static readonly long[] Counts = [0, 1, -1, 255, 65_536, int.MaxValue, int.MinValue, long.MaxValue, long.MinValue, 1L << 40];

    /// <summary>A damaged copy of a file.</summary>
    public static byte[] Apply(byte[] file, Random random)
    {
        byte[] copy = [.. file];
        switch (random.Next(9))
        {
            case 0:
                FlipBits(copy, random);
                return copy;
            case 1:
                return copy[..random.Next(copy.Length)];
            case 2:
                WriteCount(copy, random.Next(24 - 7), random);
                return copy;
            case 3:
                WriteCount(copy, random.Next(copy.Length - 8), random);
                return copy;
            case 4:
                copy.AsSpan(8, 16).Reverse();
                copy.AsSpan(8 + 4 * random.Next(4), 4).Reverse();
                return copy;
            case 5:
                return Splice(copy, random);
            case 6:
                return [.. copy, .. new byte[random.Next(100)]];
            case 7:
                ChangeDigit(copy, random);
                return copy;
            default:
                SwapPieces(copy, random);
                return copy;
        }
    }

    private static void FlipBits(byte[] file, Random random)
    {
        int flips = 1 << random.Next(6);
        int range = random.Next(2) == 0 ? 24 : file.Length;
        for (int i = 0; i < flips; i++)
            file[random.Next(range)] ^= (byte)(1 << random.Next(8));
    }

    private static void WriteCount(byte[] file, int offset, Random random)
    {
        long count = Counts[random.Next(Counts.Length)];
        if (random.Next(2) == 0)
            BinaryPrimitives.WriteInt64LittleEndian(file.AsSpan(offset), count);
        else
            BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(offset), (int)count);
    }

    /// <summary>Removes some bytes, or repeats them.</summary>
    private static byte[] Splice(byte[] file, Random random)
    {
        int start = random.Next(file.Length);
        int end = Math.Min(file.Length, start + 1 + random.Next(200));
        return random.Next(2) == 0 ? [.. file[..start], .. file[end..]] : [.. file[..end], .. file[start..]];
    }

    /// <summary>Changes a digit somewhere in the header, so that it stays JSON.</summary>
    private static void ChangeDigit(byte[] file, Random random)
    {
        int header = BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(12));
        int start = 24 + random.Next(header);
        int digit = file.AsSpan(start, 24 + header - start).IndexOfAnyInRange((byte)'0', (byte)'9');
        if (digit >= 0) file[start + digit] = (byte)('0' + random.Next(10));
    }

    private static void SwapPieces(byte[] file, Random random)
    {
        int length = 1 + random.Next(64);
        int first = random.Next(file.Length - length);
        int second = random.Next(file.Length - length);
        byte[] piece = file[first..(first + length)];
        file.AsSpan(second, length).CopyTo(file.AsSpan(first));
        piece.CopyTo(file, second);
    }
}
