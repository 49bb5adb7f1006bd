namespace Vae.Evaluation.Metrics;

/// <summary>Eigenvectors of a symmetric matrix by Jacobi rotations.</summary>
internal static class SymmetricEigen
{
    private const int MostSweeps = 50;

    /// <summary>The eigenvectors of the <paramref name="count"/> largest eigenvalues, the largest first. The matrix is overwritten.</summary>
    public static double[][] Leading(double[,] matrix, int count)
    {
        int n = matrix.GetLength(0);
        var vectors = new double[n, n];
        for (int i = 0; i < n; i++)
            vectors[i, i] = 1;
        for (int sweep = 0; sweep < MostSweeps && OffDiagonal(matrix) > 1e-18 * Diagonal(matrix); sweep++)
        {
            for (int p = 0; p < n; p++)
            {
                for (int q = p + 1; q < n; q++)
                    Rotate(matrix, vectors, p, q);
            }
        }

        return [.. Enumerable.Range(0, n).OrderByDescending(i => matrix[i, i]).Take(count)
            .Select(column => Enumerable.Range(0, n).Select(row => vectors[row, column]).ToArray())];
    }

    private static void Rotate(double[,] matrix, double[,] vectors, int p, int q)
    {
        if (matrix[p, q] == 0) return;
        double theta = (matrix[q, q] - matrix[p, p]) / (2 * matrix[p, q]);
        double tangent = (theta < 0 ? -1 : 1) / (Math.Abs(theta) + Math.Sqrt(theta * theta + 1));
        double cosine = 1 / Math.Sqrt(tangent * tangent + 1);
        double sine = tangent * cosine;
        int n = matrix.GetLength(0);
        for (int i = 0; i < n; i++)
            (matrix[i, p], matrix[i, q]) = (cosine * matrix[i, p] - sine * matrix[i, q], sine * matrix[i, p] + cosine * matrix[i, q]);
        for (int i = 0; i < n; i++)
            (matrix[p, i], matrix[q, i]) = (cosine * matrix[p, i] - sine * matrix[q, i], sine * matrix[p, i] + cosine * matrix[q, i]);
        for (int i = 0; i < n; i++)
            (vectors[i, p], vectors[i, q]) = (cosine * vectors[i, p] - sine * vectors[i, q], sine * vectors[i, p] + cosine * vectors[i, q]);
    }

    private static double OffDiagonal(double[,] matrix)
    {
        double sum = 0;
        for (int i = 0; i < matrix.GetLength(0); i++)
        {
            for (int j = 0; j < i; j++)
                sum += 2 * matrix[i, j] * matrix[i, j];
        }

        return sum;
    }

    private static double Diagonal(double[,] matrix) => Enumerable.Range(0, matrix.GetLength(0)).Sum(i => matrix[i, i] * matrix[i, i]);
}
