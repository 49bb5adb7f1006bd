namespace Vae.Numerics;

/// <summary>
/// A row-major matrix whose rows start at multiples of <see cref="Stride"/> (see <see cref="Padding"/>), or a window on the rows of another
/// one that <see cref="MoveTo"/> moves without allocating.
/// </summary>
internal sealed class Matrix
{
    private ArraySegment<float> _data;

    public Matrix(int rows, int columns)
    {
        Rows = rows;
        Columns = columns;
        Stride = Padding.Stride(columns);
        _data = AlignedFloats.Allocate(checked(rows * Stride));
    }

    public int Rows { get; private set; }

    public int Columns { get; }

    public int Stride { get; }

    public MatrixView View => SliceRows(0, Rows);

    /// <summary>A matrix without rows of its own, for <see cref="MoveTo"/>.</summary>
    public static Matrix Window(int columns) => new(0, columns);

    /// <summary>The values of one row, without padding.</summary>
    public Span<float> Row(int row) => _data.AsSpan(row * Stride, Columns);

    /// <summary>Some rows with their padding.</summary>
    public Span<float> Block(int first, int count) => _data.AsSpan(first * Stride, count * Stride);

    /// <summary>Some rows as a matrix.</summary>
    public MatrixView SliceRows(int first, int count) => new(Block(first, count), count, Columns, Stride);

    /// <summary>Makes this matrix a window on rows of <paramref name="other"/>, which must have the same number of columns.</summary>
    public void MoveTo(Matrix other, int first, int count)
    {
        _data = other._data.Slice(first * Stride, count * Stride);
        Rows = count;
    }
}
