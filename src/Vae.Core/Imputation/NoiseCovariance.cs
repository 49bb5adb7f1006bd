using System.Numerics.Tensors;

namespace Vae.Imputation;

/// <summary>
/// Σ, the covariance of x − x̂(z) over the numeric slots in standardized units: a decoder says that they are independent given z, and of
/// what it leaves unexplained one number often tells another.
/// </summary>
internal sealed class NoiseCovariance
{
    private readonly double[] _values;

    /// <param name="size">d, the number of numeric slots.</param>
    /// <param name="values">The symmetric matrix, row by row [d × d].</param>
    public NoiseCovariance(int size, double[] values)
    {
        Size = size;
        _values = values;
    }

    public int Size { get; }

    /// <summary>Independent noise.</summary>
    /// <param name="logScales">log s of each number.</param>
    public static NoiseCovariance Diagonal(ReadOnlySpan<float> logScales)
    {
        int size = logScales.Length;
        double[] values = new double[size * size];
        for (int i = 0; i < size; i++)
            values[i * size + i] = Math.Exp(2.0 * logScales[i]);
        return new NoiseCovariance(size, values);
    }

    public double this[int row, int column] => _values[row * Size + column];

    /// <summary>The entries up to the diagonal, row by row.</summary>
    public IEnumerable<double> LowerTriangle => Enumerable.Range(0, Size).SelectMany(i => _values[(i * Size)..(i * Size + i + 1)]);

    /// <summary>The matrix with a lower triangle.</summary>
    public static NoiseCovariance OfLowerTriangle(int size, ReadOnlySpan<double> triangle)
    {
        double[] values = new double[size * size];
        for (int i = 0, next = 0; i < size; i++)
        {
            for (int j = 0; j <= i; j++, next++)
                values[i * size + j] = values[j * size + i] = triangle[next];
        }

        return new NoiseCovariance(size, values);
    }
}

/// <summary>
/// N(0, Σ) split into what was observed and what is missing: with L·Lᵀ = Σ_oo and V = L⁻¹·Σ_om, what is missing has mean Vᵀ·L⁻¹·r_o and
/// covariance Σ_mm − VᵀV. Made once and set to one row after another.
/// </summary>
internal sealed class ConditionalNoise(NoiseCovariance covariance)
{
    /// <summary>The least variance of a number given those before it, so that numbers that repeat one another do no harm.</summary>
    private const double LeastVariance = 1e-9;

    private readonly int[] _observed = new int[covariance.Size];
    private readonly int[] _missing = new int[covariance.Size];
    private readonly double[] _factor = new double[covariance.Size * covariance.Size];
    private readonly double[] _projections = new double[covariance.Size * covariance.Size];
    private readonly double[] _rest = new double[covariance.Size * covariance.Size];
    private readonly double[] _whitened = new double[covariance.Size];
    private int _observedCount;
    private int _missingCount;
    private double _logDeterminant;

    /// <summary>The numbers that were observed.</summary>
    public ReadOnlySpan<int> Observed => _observed.AsSpan(0, _observedCount);

    /// <summary>The numbers that are missing.</summary>
    public ReadOnlySpan<int> Missing => _missing.AsSpan(0, _missingCount);

    /// <summary>Says which numbers of the next row were observed.</summary>
    public void SetMask(ReadOnlySpan<bool> observed)
    {
        (_observedCount, _missingCount) = (0, 0);
        for (int i = 0; i < observed.Length; i++)
        {
            if (observed[i])
                _observed[_observedCount++] = i;
            else
                _missing[_missingCount++] = i;
        }

        _logDeterminant = 0;
        for (int i = 0; i < _observedCount; i++)
        {
            var row = Row(_factor, i, i + 1);
            for (int j = 0; j < i; j++)
            {
                var other = Row(_factor, j, j + 1);
                row[j] = (covariance[_observed[i], _observed[j]] - TensorPrimitives.Dot<double>(row[..j], other[..j])) / other[j];
            }

            row[i] = Root(covariance[_observed[i], _observed[i]] - TensorPrimitives.SumOfSquares<double>(row[..i]));
            _logDeterminant += Math.Log(row[i]);
        }

        for (int i = 0; i < _missingCount; i++)
        {
            var projection = Row(_projections, i, _observedCount);
            for (int j = 0; j < _observedCount; j++)
                projection[j] = covariance[_missing[i], _observed[j]];
            Whiten(projection);
        }
    }

    /// <summary>log p of the observed numbers' errors, without the constant; <see cref="Expect"/> then speaks of these errors.</summary>
    /// <param name="errors">x − x̂ of each observed number, in their order; receives L⁻¹ times it.</param>
    public double LogDensity(Span<double> errors)
    {
        Whiten(errors);
        errors.CopyTo(_whitened);
        return -0.5 * TensorPrimitives.SumOfSquares<double>(errors) - _logDeterminant;
    }

    /// <summary>The mean of a missing number's error, given the errors that <see cref="LogDensity"/> was asked for last.</summary>
    /// <param name="missing">Which of the missing numbers.</param>
    public double Expect(int missing) =>
        TensorPrimitives.Dot<double>(Row(_projections, missing, _observedCount), _whitened.AsSpan(0, _observedCount));

    /// <summary>The covariance of two missing numbers given the observed ones.</summary>
    public double Covariance(int missing, int other) => covariance[_missing[missing], _missing[other]]
        - TensorPrimitives.Dot<double>(Row(_projections, missing, _observedCount), Row(_projections, other, _observedCount));

    /// <summary>Turns standard normal numbers, one for each missing one, into errors around their means.</summary>
    public void Correlate(Span<double> normals)
    {
        for (int i = 0; i < _missingCount; i++)
        {
            var row = Row(_rest, i, i + 1);
            for (int j = 0; j < i; j++)
            {
                var other = Row(_rest, j, j + 1);
                row[j] = (Covariance(i, j) - TensorPrimitives.Dot<double>(row[..j], other[..j])) / other[j];
            }

            row[i] = Root(Covariance(i, i) - TensorPrimitives.SumOfSquares<double>(row[..i]));
        }

        for (int i = _missingCount - 1; i >= 0; i--)
            normals[i] = TensorPrimitives.Dot<double>(Row(_rest, i, i + 1), normals[..(i + 1)]);
    }

    /// <summary>v ↦ L⁻¹·v.</summary>
    private void Whiten(Span<double> values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            var row = Row(_factor, i, i + 1);
            values[i] = (values[i] - TensorPrimitives.Dot<double>(row[..i], values[..i])) / row[i];
        }
    }

    private Span<double> Row(double[] matrix, int row, int length) => matrix.AsSpan(row * covariance.Size, length);

    private static double Root(double variance) => Math.Sqrt(Math.Max(variance, LeastVariance));
}
