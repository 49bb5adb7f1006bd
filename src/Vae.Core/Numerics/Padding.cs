namespace Vae.Numerics;

/// <summary>
/// The distance of the rows of the library's matrices: rows start at multiples of <see cref="WidestVector"/> floats, so that
/// vector loops need no tails. The floats between the last column and the next row are padding and always finite.
/// </summary>
internal static class Padding
{
    /// <summary>The number of floats in the widest vector that is used (512 bits).</summary>
    public const int WidestVector = 16;

    /// <summary>The row stride of a matrix: its columns, rounded up to a multiple of <see cref="WidestVector"/>.</summary>
    public static int Stride(int columns) => (columns + WidestVector - 1) & ~(WidestVector - 1);
}
