using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Vae.Numerics.Simd;

namespace Vae.Numerics.RandomNumbers;

/// <summary>
/// Random numbers without state: element i of a stream is a function of (seed, stream, i) alone, the same on every machine. So threads
/// may fill any parts of a stream, and a run is repeated by repeating its seed.
/// </summary>
/// <remarks>
/// Streams are made of groups of 64 numbers, so that a group is computed in vectors: element 64g + 16w + j comes from word w of block
/// 16g + j of <see cref="Philox"/>. A normal number comes from two words (Box and Muller, 1958), so elements
/// i and i + 16 of a group share theirs.
/// The methods for one stream read the same words: give each use of random numbers a stream of its own.
/// </remarks>
internal static unsafe class CounterRandom
{
    private const int GroupSize = 64;

    private static ReadOnlySpan<uint> BlockNumbers => [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15];

    /// <summary>Fills a span with elements firstIndex, … of a stream of uniform numbers in [0, 1), multiples of 2⁻²⁴.</summary>
    public static void FillUniform(ulong seed, ulong stream, ulong firstIndex, Span<float> destination) =>
        Fill<UniformNumbers>(seed, stream, firstIndex, destination);

    /// <summary>Fills a span with elements firstIndex, … of a stream of standard normal numbers. Their magnitude is at most 6.7.</summary>
    public static void FillNormal(ulong seed, ulong stream, ulong firstIndex, Span<float> destination) =>
        Fill<NormalNumbers>(seed, stream, firstIndex, destination);

    /// <summary>A uniform integer in [0, bound), without bias (Lemire, 2019): element <paramref name="index"/> of a stream.</summary>
    public static int NextBelow(ulong seed, ulong stream, ulong index, int bound)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bound, 1);

        // A word of 64 bits is rejected once in 2³³ times at most; the next block to be tried is far away.
        ulong threshold = (0 - (ulong)bound) % (ulong)bound;
        while (true)
        {
            var (word0, word1, _, _) = Philox.Block(seed, stream, index);
            ulong high = Math.BigMul(((ulong)word1 << 32) | word0, (ulong)bound, out ulong low);
            if (low >= threshold)
                return (int)high;

            index += 1UL << 48;
        }
    }

    /// <summary>Puts the elements in random order, every order being equally likely (Fisher and Yates).</summary>
    public static void Shuffle(ulong seed, ulong stream, Span<int> values)
    {
        uint* words = stackalloc uint[GroupSize];
        for (int i = values.Length - 1; i > 0; i--)
        {
            if (i % GroupSize == GroupSize - 1 || i == values.Length - 1)
                FillWords(seed, stream, (ulong)(i / GroupSize), words);

            // As in NextBelow, with the 32 bits of a word. The rare rejected word is replaced by a number from far away in the stream.
            uint bound = (uint)i + 1;
            ulong product = (ulong)words[i % GroupSize] * bound;
            int j = (uint)product >= bound || (uint)product >= (0 - bound) % bound
                ? (int)(product >> 32)
                : NextBelow(seed, stream, (ulong)i + (1UL << 40), (int)bound);
            (values[i], values[j]) = (values[j], values[i]);
        }
    }

    private static void Fill<TNumbers>(ulong seed, ulong stream, ulong firstIndex, Span<float> destination)
        where TNumbers : struct, IRandomNumbers
    {
        if (Vector512.IsHardwareAccelerated)
            Fill<TNumbers, SimdVector512>(seed, stream, firstIndex, destination);
        else if (Vector256.IsHardwareAccelerated)
            Fill<TNumbers, SimdVector256>(seed, stream, firstIndex, destination);
        else
            Fill<TNumbers, SimdVector128>(seed, stream, firstIndex, destination);
    }

    private static void Fill<TNumbers, TVector>(ulong seed, ulong stream, ulong firstIndex, Span<float> destination)
        where TNumbers : struct, IRandomNumbers
        where TVector : unmanaged, ISimdVector<TVector>
    {
        float* part = stackalloc float[GroupSize];
        fixed (float* start = destination)
        {
            float* next = start;
            float* end = start + destination.Length;
            ulong group = firstIndex / GroupSize;
            int skipped = (int)(firstIndex % GroupSize);
            if (skipped > 0)
            {
                FillGroup<TNumbers, TVector>(seed, stream, group++, part);
                for (; skipped < GroupSize && next < end; skipped++)
                    *next++ = part[skipped];
            }

            for (; end - next >= GroupSize; next += GroupSize)
                FillGroup<TNumbers, TVector>(seed, stream, group++, next);

            if (next < end)
            {
                FillGroup<TNumbers, TVector>(seed, stream, group, part);
                while (next < end)
                    *next++ = *part++;
            }
        }
    }

    /// <summary>Fills 64 floats with one group of a stream.</summary>
    internal static void FillGroup<TNumbers, TVector>(ulong seed, ulong stream, ulong group, float* destination)
        where TNumbers : struct, IRandomNumbers
        where TVector : unmanaged, ISimdVector<TVector>
    {
        FillWords<TVector>(seed, stream, group, destination);
        for (int i = 0; i < Padding.WidestVector; i += TVector.Count)
        {
            TNumbers.Replace<TVector>(destination + i, destination + i + Padding.WidestVector);
            TNumbers.Replace<TVector>(destination + i + 2 * Padding.WidestVector, destination + i + 3 * Padding.WidestVector);
        }
    }

    private static void FillWords(ulong seed, ulong stream, ulong group, uint* destination)
    {
        if (Vector512.IsHardwareAccelerated)
            FillWords<SimdVector512>(seed, stream, group, (float*)destination);
        else if (Vector256.IsHardwareAccelerated)
            FillWords<SimdVector256>(seed, stream, group, (float*)destination);
        else
            FillWords<SimdVector128>(seed, stream, group, (float*)destination);
    }

    private static void FillWords<TVector>(ulong seed, ulong stream, ulong group, float* destination)
        where TVector : unmanaged, ISimdVector<TVector>
    {
        ulong firstBlock = group * Padding.WidestVector;
        uint indexHigh = (uint)(firstBlock >> 32);
        var firstLow = TVector.BroadcastBits((int)firstBlock);
        float* blockNumbers = (float*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(BlockNumbers));
        var even = TVector.OddToEven(TVector.BroadcastBits(-1));
        for (int i = 0; i < Padding.WidestVector; i += TVector.Count)
        {
            // The even-numbered blocks in one vector, the odd-numbered ones in another; then their words side by side.
            var index = firstLow | TVector.Load(blockNumbers + i);
            Philox.Blocks(seed, stream, indexHigh, index, out var even0, out var even1, out var even2, out var even3);
            Philox.Blocks(seed, stream, indexHigh, TVector.OddToEven(index), out var odd0, out var odd1, out var odd2, out var odd3);
            ((even0 & even) | TVector.EvenToOdd(odd0)).Store(destination + i);
            ((even1 & even) | TVector.EvenToOdd(odd1)).Store(destination + i + Padding.WidestVector);
            ((even2 & even) | TVector.EvenToOdd(odd2)).Store(destination + i + 2 * Padding.WidestVector);
            ((even3 & even) | TVector.EvenToOdd(odd3)).Store(destination + i + 3 * Padding.WidestVector);
        }
    }
}
