namespace Vae.Evaluation.Metrics;

/// <summary>Solves symmetric positive definite systems by Cholesky decomposition.</summary>
internal static class LinearSystem
{
    /// <summary>x with A·x = b; A is overwritten by its decomposition.</summary>
    public static double[] Solve(double[,] a, double[] b)
    {
        int n = b.Length;
        for (int column = 0; column < n; column++)
        {
            for (int row = column; row < n; row++)
            {
                double sum = a[row, column];
                for (int i = 0; i < column; i++)
                    sum -= a[row, i] * a[column, i];
                a[row, column] = row == column ? Math.Sqrt(sum) : sum / a[column, column];
            }
        }

        var x = (double[])b.Clone();
        for (int row = 0; row < n; row++)
        {
            for (int i = 0; i < row; i++)
                x[row] -= a[row, i] * x[i];
            x[row] /= a[row, row];
        }

        for (int row = n - 1; row >= 0; row--)
        {
            for (int i = row + 1; i < n; i++)
                x[row] -= a[i, row] * x[i];
            x[row] /= a[row, row];
        }

        return x;
    }
}
