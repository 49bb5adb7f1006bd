using System.Diagnostics.CodeAnalysis;

namespace Vae.Numerics;

/// <summary>A row-major matrix in anybody's memory: to a <see cref="Matrix"/> what a span is to an array.</summary>
/// <param name="values">The memory from the first element on.</param>
/// <param name="rows">The number of rows.</param>
/// <param name="columns">The number of columns, without padding.</param>
/// <param name="stride">The distance between the starts of two rows.</param>
internal readonly ref struct MatrixView(Span<float> values, int rows, int columns, int stride)
{
    public Span<float> Values { get; } = values;

    public int Rows { get; } = rows;

    public int Columns { get; } = columns;

    public int Stride { get; } = stride;

    public static implicit operator ReadOnlyMatrixView(MatrixView view) => new(view.Values, view.Rows, view.Columns, view.Stride);

    public MatrixView SliceRows(int first, int count) => new(Values[(first * Stride)..], count, Columns, Stride);

    /// <summary>Some columns. What stands behind them is not padding, so they are good only as the left factor of a product.</summary>
    public ReadOnlyMatrixView SliceColumns(int first, int count) => new(Values[first..], Rows, count, Stride);
}

/// <summary>A <see cref="MatrixView"/> that is only read.</summary>
internal readonly ref struct ReadOnlyMatrixView(ReadOnlySpan<float> values, int rows, int columns, int stride)
{
    public ReadOnlySpan<float> Values { get; } = values;

    public int Rows { get; } = rows;

    public int Columns { get; } = columns;

    public int Stride { get; } = stride;

    /// <summary>Throws unless so many floats of every row are in memory and before the next row.</summary>
    public void RequireWidth(int width, string name)
    {
        if (Rows > 0 && (width > Stride || (Rows - 1L) * Stride + width > Values.Length))
            Throw(Rows, width, Stride, Values.Length, name);
    }

    [DoesNotReturn]
    private static void Throw(int rows, int width, int stride, int length, string name) =>
        throw new ArgumentException($"A matrix of {rows} rows of {width} floats, {stride} apart, does not fit in {length} floats.", name);
}
