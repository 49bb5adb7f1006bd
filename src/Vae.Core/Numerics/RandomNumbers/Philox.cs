using System.Runtime.CompilerServices;
using Vae.Numerics.Simd;

namespace Vae.Numerics.RandomNumbers;

/// <summary>
/// The counter-based generator Philox4x32 with ten rounds (Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", 2011):
/// a bijection of 128-bit counters, chosen by a 64-bit key, whose values pass every known test of randomness.
/// </summary>
internal static class Philox
{
    private const uint Multiplier0 = 0xD2511F53;
    private const uint Multiplier1 = 0xCD9E8D57;
    private const uint Weyl0 = 0x9E3779B9;
    private const uint Weyl1 = 0xBB67AE85;
    private const int Rounds = 10;

    /// <summary>The four words of one block; the counter is (index, stream) and the key is the seed, low words first.</summary>
    public static (uint Word0, uint Word1, uint Word2, uint Word3) Block(ulong seed, ulong stream, ulong index)
    {
        uint key0 = (uint)seed, key1 = (uint)(seed >> 32);
        uint c0 = (uint)index, c1 = (uint)(index >> 32), c2 = (uint)stream, c3 = (uint)(stream >> 32);
        for (int round = 0; round < Rounds; round++)
        {
            ulong product0 = (ulong)Multiplier0 * c0;
            ulong product1 = (ulong)Multiplier1 * c2;
            c0 = (uint)(product1 >> 32) ^ c1 ^ key0;
            c1 = (uint)product1;
            c2 = (uint)(product0 >> 32) ^ c3 ^ key1;
            c3 = (uint)product0;
            key0 += Weyl0;
            key1 += Weyl1;
        }

        return (c0, c1, c2, c3);
    }

    /// <summary>Many blocks at once, one in each even-numbered element.</summary>
    /// <param name="seed">The key.</param>
    /// <param name="stream">The upper half of the counters.</param>
    /// <param name="indexHigh">The upper word of the lower half of the counters.</param>
    /// <param name="indexLow">The lower words of the lower half; odd-numbered elements are ignored.</param>
    /// <param name="word0">The first words. Odd-numbered elements hold no useful bits, here and below.</param>
    /// <param name="word1">The second words.</param>
    /// <param name="word2">The third words.</param>
    /// <param name="word3">The fourth words.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Blocks<TVector>(
        ulong seed, ulong stream, uint indexHigh, TVector indexLow,
        out TVector word0, out TVector word1, out TVector word2, out TVector word3)
        where TVector : unmanaged, ISimdVector<TVector>
    {
        uint key0 = (uint)seed, key1 = (uint)(seed >> 32);
        var multiplier0 = TVector.BroadcastBits(unchecked((int)Multiplier0));
        var multiplier1 = TVector.BroadcastBits(unchecked((int)Multiplier1));
        var c0 = indexLow;
        var c1 = TVector.BroadcastBits((int)indexHigh);
        var c2 = TVector.BroadcastBits((int)stream);
        var c3 = TVector.BroadcastBits((int)(stream >> 32));
        for (int round = 0; round < Rounds; round++)
        {
            var product0 = TVector.MultiplyEvenBits(multiplier0, c0);
            var product1 = TVector.MultiplyEvenBits(multiplier1, c2);
            c0 = TVector.OddToEven(product1) ^ c1 ^ TVector.BroadcastBits((int)key0);
            c1 = product1;
            c2 = TVector.OddToEven(product0) ^ c3 ^ TVector.BroadcastBits((int)key1);
            c3 = product0;
            key0 += Weyl0;
            key1 += Weyl1;
        }

        word0 = c0;
        word1 = c1;
        word2 = c2;
        word3 = c3;
    }
}
