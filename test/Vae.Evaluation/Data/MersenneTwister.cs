using System.Numerics;

namespace Vae.Evaluation.Data;

/// <summary>
/// MT19937 (Matsumoto &amp; Nishimura 1998) with the bounded integers and the shuffle of NumPy's RandomState, so that folds are those of
/// scikit-learn.
/// </summary>
internal sealed class MersenneTwister
{
    private const int Length = 624;
    private const int Middle = 397;

    private readonly uint[] _state = new uint[Length];
    private int _next = Length;

    public MersenneTwister(uint seed)
    {
        _state[0] = seed;
        for (int i = 1; i < Length; i++)
            _state[i] = 1812433253u * (_state[i - 1] ^ (_state[i - 1] >> 30)) + (uint)i;
    }

    /// <summary>32 random bits.</summary>
    public uint NextUInt32()
    {
        if (_next == Length) Refill();
        uint bits = _state[_next++];
        bits ^= bits >> 11;
        bits ^= (bits << 7) & 0x9d2c5680u;
        bits ^= (bits << 15) & 0xefc60000u;
        return bits ^ (bits >> 18);
    }

    /// <summary>
    /// A whole number from 0 to <paramref name="largest"/>, all equally likely: masked bits, drawn again until they are in range.
    /// </summary>
    public int NextInt32(int largest)
    {
        if (largest == 0) return 0;
        uint mask = uint.MaxValue >> BitOperations.LeadingZeroCount((uint)largest);
        uint value;
        do
            value = NextUInt32() & mask;
        while (value > (uint)largest);
        return (int)value;
    }

    /// <summary>Puts the values into a random order.</summary>
    public void Shuffle<T>(Span<T> values)
    {
        for (int i = values.Length - 1; i > 0; i--)
        {
            int j = NextInt32(i);
            (values[i], values[j]) = (values[j], values[i]);
        }
    }

    private void Refill()
    {
        for (int i = 0; i < Length; i++)
        {
            uint bits = (_state[i] & 0x80000000u) | (_state[(i + 1) % Length] & 0x7fffffffu);
            _state[i] = _state[(i + Middle) % Length] ^ (bits >> 1) ^ ((bits & 1) * 0x9908b0dfu);
        }

        _next = 0;
    }
}
