using System.Numerics.Tensors;

namespace Vae.Numerics;

/// <summary>Symmetric and lower triangular matrices up to the diagonal, row by row.</summary>
internal static class LowerTriangle
{
    /// <summary>The number of elements.</summary>
    public static int Length(int size) => size * (size + 1) / 2;

    /// <summary>Where an element is.</summary>
    public static int Index(int row, int column) => row * (row + 1) / 2 + column;

    /// <summary>A row up to the diagonal.</summary>
    public static Span<double> Row(double[] matrix, int row) => matrix.AsSpan(Index(row, 0), row + 1);

    /// <summary>Replaces a row of a symmetric matrix by that of its Cholesky factor; those before it are done.</summary>
    /// <param name="matrix">The matrix.</param>
    /// <param name="index">Which row.</param>
    /// <param name="leastVariance">The least square of the diagonal, so that rows that repeat one another do no harm.</param>
    public static void Factorize(double[] matrix, int index, double leastVariance)
    {
        var row = Row(matrix, index);
        for (int j = 0; j < index; j++)
        {
            var other = Row(matrix, j);
            row[j] = (row[j] - TensorPrimitives.Dot<double>(row[..j], other[..j])) / other[j];
        }

        row[index] = Math.Sqrt(Math.Max(row[index] - TensorPrimitives.SumOfSquares<double>(row[..index]), leastVariance));
    }
}
