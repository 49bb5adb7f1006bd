namespace Vae.Imputation;

/// <summary>
/// Σ, the covariance of x − x̂(z) over the numeric slots in standardized units, and then over the slots of categories and yes/no values,
/// where x̂(z) is a probability: a decoder says that they are independent given z, and of what it leaves unexplained a number often tells
/// another, and a category a number.
/// </summary>
internal sealed class NoiseCovariance
{
    private readonly double[] _values;

    /// <param name="numbers">n, the number of numeric slots.</param>
    /// <param name="size">d, the number of all slots: n, where categories tell nothing of numbers.</param>
    /// <param name="values">The symmetric matrix, row by row [d × d]; or the variances of independent noise [n].</param>
    public NoiseCovariance(int numbers, int size, double[] values)
    {
        Numbers = numbers;
        Size = size;
        _values = values;
    }

    /// <summary>n: these slots come first.</summary>
    public int Numbers { get; }

    /// <summary>d.</summary>
    public int Size { get; }

    /// <summary>Whether the noise of one number says nothing of another's; then a matrix would only waste memory.</summary>
    public bool IsIndependent => _values.Length == Size;

    /// <summary>The variances, or the entries of the matrix up to the diagonal, row by row.</summary>
    public IEnumerable<double> Entries =>
        IsIndependent ? _values : Enumerable.Range(0, Size).SelectMany(i => _values[(i * Size)..(i * Size + i + 1)]);

    public double this[int row, int column] =>
        !IsIndependent ? _values[row * Size + column] : row == column ? _values[row] : 0;

    /// <summary>Independent noise.</summary>
    /// <param name="logScales">log s of each number.</param>
    public static NoiseCovariance Independent(ReadOnlySpan<float> logScales)
    {
        double[] variances = new double[logScales.Length];
        for (int i = 0; i < variances.Length; i++)
            variances[i] = Math.Exp(2.0 * logScales[i]);
        return new NoiseCovariance(variances.Length, variances.Length, variances);
    }

    /// <summary>The matrix with some <see cref="Entries"/>.</summary>
    public static NoiseCovariance OfLowerTriangle(int numbers, int size, ReadOnlySpan<double> triangle)
    {
        double[] values = new double[size * size];
        for (int i = 0, next = 0; i < size; i++)
        {
            for (int j = 0; j <= i; j++, next++)
                values[i * size + j] = values[j * size + i] = triangle[next];
        }

        return new NoiseCovariance(numbers, size, values);
    }
}
