namespace Vae.Samples;

/// <summary>The two directions along which standardized rows vary most: what the embedding of the VAE is measured against.</summary>
public sealed class PrincipalComponents
{
    private const int Iterations = 1000;
    private readonly double[] _means;
    private readonly double[] _deviations;
    private readonly double[] _first;
    private readonly double[] _second;

    /// <summary>Finds the components of some rows.</summary>
    /// <param name="values">The rows, one after another.</param>
    /// <param name="width">The number of values in a row.</param>
    public PrincipalComponents(float[] values, int width)
    {
        var rows = values.Chunk(width).ToArray();
        _means = [.. Enumerable.Range(0, width).Select(j => rows.Average(row => row[j]))];
        _deviations = [.. Enumerable.Range(0, width).Select(j => Math.Sqrt(rows.Average(row => Math.Pow(row[j] - _means[j], 2))))];

        var covariance = new double[width, width];
        foreach (var row in rows.Select(Standardize))
        {
            for (var i = 0; i < width; i++)
            {
                for (var j = 0; j < width; j++)
                    covariance[i, j] += row[i] * row[j] / rows.Length;
            }
        }

        _first = TakeLargest(covariance);
        _second = TakeLargest(covariance);
    }

    /// <summary>Where a row lies in the plane of the two components.</summary>
    public Point Project(float[] row)
    {
        var standardized = Standardize(row);
        return new Point(Dot(standardized, _first), Dot(standardized, _second));
    }

    // Power iteration; what is found is taken out of the matrix, so that the next call finds the next component.
    private static double[] TakeLargest(double[,] matrix)
    {
        var width = matrix.GetLength(0);
        var direction = Enumerable.Range(1, width).Select(j => 1.0 / j).ToArray();
        var eigenvalue = 0.0;
        for (var iteration = 0; iteration < Iterations; iteration++)
        {
            var product = Enumerable.Range(0, width).Select(i => Enumerable.Range(0, width).Sum(j => matrix[i, j] * direction[j])).ToArray();
            eigenvalue = Math.Sqrt(Dot(product, product));
            direction = [.. product.Select(value => value / eigenvalue)];
        }

        for (var i = 0; i < width; i++)
        {
            for (var j = 0; j < width; j++)
                matrix[i, j] -= eigenvalue * direction[i] * direction[j];
        }

        return direction;
    }

    private static double Dot(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();

    private double[] Standardize(float[] row) => [.. row.Select((value, j) => (value - _means[j]) / _deviations[j])];
}
