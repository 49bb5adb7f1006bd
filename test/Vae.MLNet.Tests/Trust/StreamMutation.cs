using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Vae.MLNet.Tests.Trust;

/// <summary>Ways to damage what a transformer writes: int32 length, a block, its checksum, the model.</summary>
internal static class StreamMutation
{
    private static readonly int[] Counts = [0, 1, -1, 127, 255, 65_536, 1 << 24, int.MaxValue, int.MinValue];

    /// <summary>A damaged copy; every second time the damage is near the beginning, where names, counts and lengths are.</summary>
    public static byte[] Apply(byte[] stream, Random random)
    {
        byte[] copy = [.. stream];
        int range = random.Next(2) == 0 ? ModelStart(stream) : stream.Length;
        switch (random.Next(7))
        {
            case 0:
                int flips = 1 << random.Next(6);
                for (int i = 0; i < flips; i++)
                    copy[random.Next(range)] ^= (byte)(1 << random.Next(8));
                return copy;
            case 1:
                return copy[..random.Next(range)];
            case 2:
                BinaryPrimitives.WriteInt32LittleEndian(copy.AsSpan(random.Next(range - sizeof(int))), Counts[random.Next(Counts.Length)]);
                return copy;
            case 3:
                BinaryPrimitives.WriteInt32LittleEndian(copy, Counts[random.Next(Counts.Length)]);
                return copy;
            case 4:
                int start = random.Next(range);
                int end = Math.Min(range, start + 1 + random.Next(60));
                return random.Next(2) == 0 ? [.. copy[..start], .. copy[end..]] : [.. copy[..end], .. copy[start..]];
            case 5:
                return [.. copy, .. new byte[random.Next(100)]];
            default:
                SwapPieces(copy, range, random);
                return copy;
        }
    }

    /// <summary>A copy with damage in the block, and a length and a checksum of the block that are right.</summary>
    public static byte[] Forge(byte[] stream, Random random)
    {
        byte[] block = stream[sizeof(int)..(ModelStart(stream) - SHA256.HashSizeInBytes)];
        switch (random.Next(4))
        {
            case 0:
                block[random.Next(block.Length)] ^= (byte)(1 << random.Next(8));
                break;
            case 1:
                var number = block.AsSpan(random.Next(block.Length - sizeof(int)));
                BinaryPrimitives.WriteInt32LittleEndian(number, Counts[random.Next(Counts.Length)]);
                break;
            case 2:
                block = block[..(1 + random.Next(block.Length))];
                break;
            default:
                SwapPieces(block, block.Length, random);
                break;
        }

        return WithBlock(stream, block);
    }

    /// <summary>A copy with another block, and a length and a checksum of it that are right.</summary>
    public static byte[] WithBlock(byte[] stream, byte[] block) =>
        [.. BitConverter.GetBytes(block.Length), .. block, .. SHA256.HashData(block), .. stream[ModelStart(stream)..]];

    /// <summary>A copy with a forged header of the model, and lengths and checksums that are right.</summary>
    public static byte[] ForgeModel(byte[] stream, Random random)
    {
        int modelStart = ModelStart(stream);
        return [.. stream[..modelStart], .. HeaderMutation.Apply(stream[modelStart..], random)];
    }

    private static int ModelStart(byte[] stream) =>
        sizeof(int) + BinaryPrimitives.ReadInt32LittleEndian(stream) + SHA256.HashSizeInBytes;

    private static void SwapPieces(byte[] bytes, int range, Random random)
    {
        int length = 1 + random.Next(16);
        int first = random.Next(range - length);
        int second = random.Next(range - length);
        byte[] piece = bytes[first..(first + length)];
        bytes.AsSpan(second, length).CopyTo(bytes.AsSpan(first));
        piece.CopyTo(bytes, second);
    }
}
