using Vae.Numerics;
using Vae.Numerics.RandomNumbers;

namespace Vae.Synthesis;

/// <summary>
/// A mixture of normal distributions over latent vectors, fitted to the aggregate posterior: where q(z) of the training rows is not
/// N(0, I), new rows are drawn from here (a two-stage VAE in its simplest form; Dai &amp; Wipf 2019, Ghosh et al. 2020).
/// </summary>
internal sealed class LatentMixture
{
    private readonly double[] _cumulative;
    private readonly double[] _logConstants;

    private LatentMixture(int dimension, double[] weights, double[] means, double[] factors)
    {
        Dimension = dimension;
        Weights = weights;
        Means = means;
        Factors = factors;
        _cumulative = new double[weights.Length];
        _logConstants = new double[weights.Length];
        double sum = 0;
        for (int component = 0; component < weights.Length; component++)
        {
            _cumulative[component] = sum += weights[component];
            double logDeterminant = 0;
            for (int row = 0; row < dimension; row++)
                logDeterminant += Math.Log(Factor(component)[LowerTriangle.Index(row, row)]);
            _logConstants[component] = Math.Log(weights[component]) - logDeterminant - 0.5 * dimension * Math.Log(2 * Math.PI);
        }
    }

    /// <summary>k.</summary>
    public int Dimension { get; }

    /// <summary>The share of each component, 1 in all.</summary>
    public double[] Weights { get; }

    /// <summary>The means [components × k].</summary>
    public double[] Means { get; }

    /// <summary>The lower Cholesky factors of the covariances, row by row [components × k(k + 1)/2].</summary>
    public double[] Factors { get; }

    /// <summary>The mixture of such components, or null where there is none.</summary>
    public static LatentMixture? Create(int dimension, double[] weights, double[] means, double[] factors)
    {
        int length = LowerTriangle.Length(dimension);
        bool fits = weights.Length > 0 && means.Length == weights.Length * dimension && factors.Length == weights.Length * length;
        if (!fits || !weights.All(weight => weight > 0) || !(Math.Abs(weights.Sum() - 1) <= 1e-6)) return null;
        if (!means.All(double.IsFinite) || !factors.All(double.IsFinite)) return null;
        for (int first = 0; first < factors.Length; first += length)
        {
            for (int row = 0; row < dimension; row++)
            {
                if (!(factors[first + LowerTriangle.Index(row, row)] > 0)) return null;
            }
        }

        return new LatentMixture(dimension, weights, means, factors);
    }

    /// <summary>Draws a latent vector.</summary>
    public void Draw(Span<float> latent, Random random)
    {
        double place = random.NextDouble() * _cumulative[^1];
        int component = 0;
        while (component < _cumulative.Length - 1 && _cumulative[component] <= place)
            component++;
        Span<double> noise = stackalloc double[Dimension];
        var mean = Means.AsSpan(component * Dimension, Dimension);
        var factor = Factor(component);
        for (int row = 0; row < Dimension; row++)
        {
            noise[row] = RandomVariable.Normal(random);
            double value = mean[row];
            for (int column = 0; column <= row; column++)
                value += factor[LowerTriangle.Index(row, column)] * noise[column];
            latent[row] = (float)value;
        }
    }

    /// <summary>log p(z).</summary>
    public double LogDensity(ReadOnlySpan<float> latent)
    {
        double largest = double.NegativeInfinity;
        double sum = 0;
        for (int component = 0; component < Weights.Length; component++)
        {
            double log = LogDensity(component, latent);
            if (log > largest) (sum, largest) = (sum * Math.Exp(largest - log), log);
            sum += Math.Exp(log - largest);
        }

        return largest + Math.Log(sum);
    }

    /// <summary>log of the share of a component times its density.</summary>
    public double LogDensity(int component, ReadOnlySpan<float> latent)
    {
        Span<double> solved = stackalloc double[Dimension];
        var mean = Means.AsSpan(component * Dimension, Dimension);
        var factor = Factor(component);
        double squares = 0;
        for (int row = 0; row < Dimension; row++)
        {
            double rest = latent[row] - mean[row];
            for (int column = 0; column < row; column++)
                rest -= factor[LowerTriangle.Index(row, column)] * solved[column];
            solved[row] = rest / factor[LowerTriangle.Index(row, row)];
            squares += solved[row] * solved[row];
        }

        return _logConstants[component] - 0.5 * squares;
    }

    private ReadOnlySpan<double> Factor(int component)
    {
        int length = LowerTriangle.Length(Dimension);
        return Factors.AsSpan(component * length, length);
    }
}
