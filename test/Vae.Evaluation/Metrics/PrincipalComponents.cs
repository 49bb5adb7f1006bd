using Vae.Data;
using Vae.Evaluation.Data;

namespace Vae.Evaluation.Metrics;

/// <summary>PCA of standardised numeric slots beside one-hot slots as they are; a missing value is its column's mean. The baseline of every table.</summary>
internal sealed class PrincipalComponents
{
    private readonly double[] _means;
    private readonly double[] _scales;
    private readonly double[][] _directions;

    private PrincipalComponents(double[] means, double[] scales, double[][] directions)
    {
        _means = means;
        _scales = scales;
        _directions = directions;
    }

    public static PrincipalComponents Fit(FeatureLayout layout, float[] rows, int dimension)
    {
        int width = layout.SlotCount;
        var means = new double[width];
        var scales = new double[width];
        for (int slot = 0; slot < width; slot++)
        {
            double[] values = [.. Enumerable.Range(0, rows.Length / width).Select(row => (double)rows[row * width + slot]).Where(value => !double.IsNaN(value))];
            means[slot] = values.Average();
            double deviation = Math.Sqrt(values.Average(value => (value - means[slot]) * (value - means[slot])));
            scales[slot] = layout.GetGroup(slot).Kind == FeatureKind.Numeric && deviation > 0 ? deviation : 1;
        }

        var covariance = Covariance(rows, means, scales);
        return new PrincipalComponents(means, scales, SymmetricEigen.Leading(covariance, dimension));
    }

    public Embedding Encode(float[] rows)
    {
        int width = _means.Length;
        int count = rows.Length / width;
        var values = new float[count * _directions.Length];
        for (int row = 0; row < count; row++)
        {
            double[] point = Standardised(rows.AsSpan(row * width, width), _means, _scales);
            for (int d = 0; d < _directions.Length; d++)
                values[row * _directions.Length + d] = (float)_directions[d].Zip(point, (a, b) => a * b).Sum();
        }

        return new Embedding(values, _directions.Length);
    }

    private static double[,] Covariance(float[] rows, double[] means, double[] scales)
    {
        int width = means.Length;
        var covariance = new double[width, width];
        for (int first = 0; first < rows.Length; first += width)
        {
            double[] point = Standardised(rows.AsSpan(first, width), means, scales);
            for (int i = 0; i < width; i++)
            {
                for (int j = 0; j <= i; j++)
                    covariance[i, j] += point[i] * point[j];
            }
        }

        for (int i = 0; i < width; i++)
        {
            for (int j = 0; j < i; j++)
                covariance[j, i] = covariance[i, j];
        }

        return covariance;
    }

    private static double[] Standardised(ReadOnlySpan<float> row, double[] means, double[] scales)
    {
        var point = new double[row.Length];
        for (int slot = 0; slot < row.Length; slot++)
            point[slot] = float.IsNaN(row[slot]) ? 0 : (row[slot] - means[slot]) / scales[slot];
        return point;
    }
}
