namespace Vae.Tests.Inference;

/// <summary>x ~ N(m, W·Wᵀ + diag s²): what a linear decoder with Gaussian noise says of x, in closed form.</summary>
internal sealed class LinearGaussian
{
    private readonly double[] _mean;
    private readonly double[,] _factor;

    /// <param name="mean">m [D].</param>
    /// <param name="loadings">W [D × k].</param>
    /// <param name="scales">s [D].</param>
    public LinearGaussian(double[] mean, double[,] loadings, double[] scales)
    {
        _mean = mean;
        int n = mean.Length;
        var covariance = new double[n, n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                covariance[i, j] = i == j ? scales[i] * scales[i] : 0;
                for (int d = 0; d < loadings.GetLength(1); d++)
                    covariance[i, j] += loadings[i, d] * loadings[j, d];
            }
        }

        _factor = Cholesky(covariance);
    }

    /// <summary>log p(x).</summary>
    public double LogDensity(ReadOnlySpan<double> x)
    {
        int n = _mean.Length;
        var solved = new double[n];
        double sum = -0.5 * n * Math.Log(2 * Math.PI);
        for (int i = 0; i < n; i++)
        {
            solved[i] = x[i] - _mean[i];
            for (int j = 0; j < i; j++)
                solved[i] -= _factor[i, j] * solved[j];
            solved[i] /= _factor[i, i];
            sum -= 0.5 * solved[i] * solved[i] + Math.Log(_factor[i, i]);
        }

        return sum;
    }

    private static double[,] Cholesky(double[,] matrix)
    {
        int n = matrix.GetLength(0);
        var factor = new double[n, n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double sum = matrix[i, j];
                for (int k = 0; k < j; k++)
                    sum -= factor[i, k] * factor[j, k];
                factor[i, j] = i == j ? Math.Sqrt(sum) : sum / factor[j, j];
            }
        }

        return factor;
    }
}
