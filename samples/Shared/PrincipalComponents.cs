using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.Statistics;
using Vae.Data;

namespace Vae.Samples;

/// <summary>
/// PCA of standardized numeric slots beside one-hot slots as they are; a missing value is its column's mean. What the embedding of a VAE is
/// measured against.
/// </summary>
public sealed class PrincipalComponents
{
    private readonly double[] _means;
    private readonly double[] _scales;
    private readonly Matrix<double> _directions;

    /// <summary>Finds the components of some rows.</summary>
    /// <param name="layout">The layout of the rows.</param>
    /// <param name="rows">The rows, one behind the other.</param>
    /// <param name="dimension">The number of components.</param>
    public PrincipalComponents(FeatureLayout layout, float[] rows, int dimension)
    {
        int width = layout.RowWidth;
        _means = new double[width];
        _scales = new double[width];
        for (int slot = 0; slot < width; slot++)
        {
            double[] values =
                [.. rows.Where((value, index) => index % width == slot && !float.IsNaN(value)).Select(value => (double)value)];
            (_means[slot], double deviation) = values.MeanStandardDeviation();
            deviation *= Math.Sqrt((values.Length - 1.0) / values.Length);
            _scales[slot] = layout.GetGroup(slot).Kind == FeatureKind.Numeric && deviation > 0 ? deviation : 1;
        }

        var points = Standardized(rows);
        _directions = points.TransposeThisAndMultiply(points).Svd().U.SubMatrix(0, width, 0, dimension);

        // A direction may point either way; its largest coordinate is positive.
        for (int d = 0; d < dimension; d++)
        {
            var direction = _directions.Column(d);
            if (direction[direction.AbsoluteMaximumIndex()] < 0) _directions.SetColumn(d, -direction);
        }
    }

    /// <summary>Where rows lie on the components.</summary>
    public Embedding Encode(float[] rows) =>
        new([.. (Standardized(rows) * _directions).ToRowMajorArray().Select(value => (float)value)], _directions.ColumnCount);

    private Matrix<double> Standardized(float[] rows) => Matrix<double>.Build.Dense(
        rows.Length / _means.Length, _means.Length, (row, slot) => Standardized(rows[row * _means.Length + slot], slot));

    private double Standardized(float value, int slot) => float.IsNaN(value) ? 0 : (value - _means[slot]) / _scales[slot];
}
