namespace Vae.Numerics;

/// <summary>
/// A row-major matrix whose rows start at multiples of <see cref="Stride"/> (see <see cref="Padding"/>), or a view of the rows of another one
/// that <see cref="ViewOf"/> moves without allocating.
/// </summary>
internal sealed class Matrix
{
    private float[] _data;
    private int _offset;

    public Matrix(int rows, int columns)
    {
        Rows = rows;
        Columns = columns;
        Stride = Padding.Stride(columns);
        _data = new float[checked(rows * Stride)];
    }

    public int Rows { get; private set; }

    public int Columns { get; }

    public int Stride { get; }

    /// <summary>A matrix without rows of its own, for <see cref="ViewOf"/>.</summary>
    public static Matrix View(int columns) => new(0, columns);

    /// <summary>The values of one row, without padding.</summary>
    public Span<float> Row(int row) => _data.AsSpan(_offset + row * Stride, Columns);

    /// <summary>Everything from the start of a row on, for kernels that take a stride.</summary>
    public Span<float> From(int row) => _data.AsSpan(_offset + row * Stride);

    /// <summary>Some rows with their padding.</summary>
    public Span<float> Block(int first, int count) => _data.AsSpan(_offset + first * Stride, count * Stride);

    /// <summary>Makes this matrix a view of the rows of <paramref name="other"/>, which must have the same number of columns.</summary>
    public void ViewOf(Matrix other, int first, int count)
    {
        _data = other._data;
        _offset = other._offset + first * Stride;
        Rows = count;
    }
}
