namespace Vae.Numerics.RandomNumbers;

/// <summary>
/// A <see cref="Random"/> whose numbers depend on seed, stream and place alone: whoever moves to a place draws what anybody draws there.
/// Only <see cref="NextDouble"/> is meant to be called.
/// </summary>
internal sealed class PhiloxRandom(ulong seed, ulong stream) : Random
{
    private ulong _next;

    /// <summary>Goes to a place; the next one of another use should be as far away as there are numbers drawn.</summary>
    public void MoveTo(ulong place) => _next = place;

    /// <summary>A uniform number in [0, 1), a multiple of 2⁻⁵³.</summary>
    public override double NextDouble()
    {
        var (word0, word1, _, _) = Philox.Block(seed, stream, _next++);
        return ((((ulong)word1 << 32) | word0) >> 11) * (1.0 / (1UL << 53));
    }

    protected override double Sample() => NextDouble();
}
