using Vae.Numerics.RandomNumbers;
using Vae.Options;

namespace Vae.Training.Rows;

/// <summary>Which rows are held out of training: one bit per row.</summary>
internal sealed class HeldOutRows
{
    private readonly ulong[] _bits;

    /// <summary>Holds out exactly round(fraction·rows) rows, unless fewer than two would be left (Knuth's selection sampling).</summary>
    public HeldOutRows(int rows, double fraction, ulong seed)
    {
        int wanted = (int)Math.Round(fraction * rows, MidpointRounding.AwayFromZero);
        if (rows - wanted < 2) wanted = 0;
        _bits = new ulong[(rows + 63) / 64];
        Span<float> random = stackalloc float[64];
        for (int row = 0; row < rows && Count < wanted; row++)
        {
            if (row % random.Length == 0) CounterRandom.FillUniform(seed, RandomStreams.Split, (ulong)row, random);
            if ((double)random[row % random.Length] * (rows - row) >= wanted - Count) continue;
            _bits[row / 64] |= 1UL << (row % 64);
            Count++;
        }
    }

    /// <summary>The number of rows that are held out.</summary>
    public int Count { get; private set; }

    /// <summary>Whether a row is held out.</summary>
    public bool Contains(int row) => (_bits[row / 64] >> (row % 64) & 1) != 0;
}
