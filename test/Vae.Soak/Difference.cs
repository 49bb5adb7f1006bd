namespace Vae.Soak;

/// <summary>Something is not as the oracle has it.</summary>
internal sealed class Difference(string message) : Exception(message)
{
    /// <exception cref="Difference">The files are not the same.</exception>
    public static void Require(ReadOnlySpan<byte> actual, ReadOnlySpan<byte> expected, string what)
    {
        if (!actual.SequenceEqual(expected)) throw new Difference(what);
    }
}
