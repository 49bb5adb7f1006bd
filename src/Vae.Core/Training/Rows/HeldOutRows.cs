using Vae.Numerics.RandomNumbers;
using Vae.Options;

namespace Vae.Training.Rows;

/// <summary>
/// The rows of a table that a training holds out: exactly round(fraction·rows), or as many as leave two (Knuth's selection sampling); one
/// bit per row. The same for the same seed.
/// </summary>
internal sealed class HeldOutRows
{
    private readonly ulong[] _bits;

    public HeldOutRows(int rows, double fraction, ulong seed)
    {
        int wanted = (int)Math.Round(fraction * rows, MidpointRounding.AwayFromZero);
        AreFewer = wanted > rows - 2;
        if (AreFewer) wanted = rows - 2;
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

    /// <summary>Whether fewer rows are held out than the fraction asks for, because too few would be left to train on.</summary>
    public bool AreFewer { get; }

    /// <summary>Whether a row is held out.</summary>
    public bool Contains(int row) => (_bits[row / 64] >> (row % 64) & 1) != 0;

    /// <summary>Holds nothing out after all.</summary>
    public void Clear()
    {
        Array.Clear(_bits);
        Count = 0;
    }
}
