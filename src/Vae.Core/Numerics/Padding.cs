namespace Vae.Numerics;

/// <summary>
/// The alignment of the rows of every matrix in the library. Rows start at multiples of <see cref="Lanes"/> floats, so that
/// vector loops need no tails: the floats between the last column and the next row are padding and always finite.
/// </summary>
internal static class Padding
{
    /// <summary>The number of floats in the widest vector that is used (512 bits).</summary>
    public const int Lanes = 16;

    /// <summary>Rounds <paramref name="columns"/> up to a multiple of <see cref="Lanes"/>: the row stride of a matrix of that width.</summary>
    public static int Stride(int columns) => (columns + Lanes - 1) & ~(Lanes - 1);
}
