namespace Vae.Numerics.RandomNumbers;

/// <summary>A <see cref="Random"/> whose next number is the next element of a stream; it can be set to any place.</summary>
internal sealed class CounterRandomSource(ulong seed, ulong stream) : Random
{
    /// <summary>The element that comes next.</summary>
    public ulong Position { get; set; }

    /// <summary>A uniform number in [0, 1), a multiple of 2⁻⁵³.</summary>
    public override double NextDouble()
    {
        var (word0, word1, _, _) = Philox.Block(seed, stream, Position++);
        return ((((ulong)word1 << 32) | word0) >> 11) * (1.0 / (1UL << 53));
    }

    /// <inheritdoc/>
    protected override double Sample() => NextDouble();
}
