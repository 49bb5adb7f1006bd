using Vae.Numerics;

namespace Vae.Synthesis;

/// <summary>
/// Fits a <see cref="LatentMixture"/> by expectation maximization (Dempster, Laird &amp; Rubin 1977), begun at centres that are far apart
/// (k-means++; Arthur &amp; Vassilvitskii 2007).
/// </summary>
internal sealed class MixtureFit
{
    /// <summary>What is added to every variance, in units of the prior's: no component falls onto a point.</summary>
    private const double Ridge = 1e-3;

    /// <summary>A component of fewer vectors would tell of single rows: it is left out.</summary>
    private const double FewestVectors = 20;

    private const int MostSteps = 60;
    private const double Tolerance = 1e-4;

    private readonly float[] _latents;
    private readonly int _dimension;
    private readonly int _count;
    private readonly double[] _shares;

    private MixtureFit(float[] latents, int dimension, int components)
    {
        _latents = latents;
        _dimension = dimension;
        _count = latents.Length / dimension;
        _shares = new double[_count * components];
    }

    /// <summary>A mixture for latent vectors.</summary>
    /// <param name="latents">The vectors, one behind the other.</param>
    /// <param name="dimension">k.</param>
    /// <param name="components">The largest number of components.</param>
    /// <param name="random">What to draw with.</param>
    /// <param name="cancellation">Looked at in each step.</param>
    /// <returns>The mixture; null where there are too few vectors for one component.</returns>
    public static LatentMixture? Of(float[] latents, int dimension, int components, Random random, CancellationToken cancellation)
    {
        int count = latents.Length / dimension;
        double fewest = Math.Max(FewestVectors, 2 * dimension);
        components = Math.Min(components, (int)(count / fewest));
        if (components == 0) return null;
        var fit = new MixtureFit(latents, dimension, components);
        fit.AssignToCentres(fit.Centres(components, random));
        var mixture = fit.Maximize(components, fewest);
        double last = double.NegativeInfinity;
        for (int step = 0; step < MostSteps; step++)
        {
            cancellation.ThrowIfCancellationRequested();
            double logLikelihood = fit.Expect(mixture);
            if (!(logLikelihood > last + Tolerance)) break;
            last = logLikelihood;
            mixture = fit.Maximize(mixture.Weights.Length, fewest);
        }

        return mixture;
    }

    private ReadOnlySpan<float> Latent(int index) => _latents.AsSpan(index * _dimension, _dimension);

    private int[] Centres(int components, Random random)
    {
        var centres = new int[components];
        var distances = new double[_count];
        Array.Fill(distances, double.MaxValue);
        centres[0] = (int)(random.NextDouble() * _count);
        for (int next = 1; next < components; next++)
        {
            double sum = 0;
            for (int i = 0; i < _count; i++)
                sum += distances[i] = Math.Min(distances[i], SquaredDistance(i, centres[next - 1]));
            double place = random.NextDouble() * sum;
            int chosen = 0;
            while (chosen < _count - 1 && (place -= distances[chosen]) >= 0)
                chosen++;
            centres[next] = chosen;
        }

        return centres;
    }

    private double SquaredDistance(int first, int second)
    {
        var a = Latent(first);
        var b = Latent(second);
        double sum = 0;
        for (int d = 0; d < _dimension; d++)
            sum += (double)(a[d] - b[d]) * (a[d] - b[d]);
        return sum;
    }

    private void AssignToCentres(int[] centres)
    {
        for (int i = 0; i < _count; i++)
        {
            int nearest = Enumerable.Range(0, centres.Length).MinBy(component => SquaredDistance(i, centres[component]));
            _shares[i * centres.Length + nearest] = 1;
        }
    }

    /// <summary>The components' shares in each vector.</summary>
    /// <returns>The mean log-likelihood.</returns>
    private double Expect(LatentMixture mixture)
    {
        int components = mixture.Weights.Length;
        double sum = 0;
        for (int i = 0; i < _count; i++)
        {
            var shares = _shares.AsSpan(i * components, components);
            double largest = double.NegativeInfinity;
            for (int component = 0; component < components; component++)
                largest = Math.Max(largest, shares[component] = mixture.LogDensity(component, Latent(i)));
            double total = 0;
            foreach (ref double share in shares)
                total += share = Math.Exp(share - largest);
            foreach (ref double share in shares)
                share /= total;
            sum += largest + Math.Log(total);
        }

        return sum / _count;
    }

    /// <summary>The weighted means and covariances of the components that have enough vectors; of all vectors where none has.</summary>
    private LatentMixture Maximize(int components, double fewest)
    {
        var sums = new double[components];
        for (int i = 0; i < _shares.Length && i < _count * components; i++)
            sums[i % components] += _shares[i];
        int[] kept = [.. Enumerable.Range(0, components).Where(component => sums[component] >= fewest)];
        if (kept.Length == 0) kept = [Array.IndexOf(sums, sums.Max())];
        double total = kept.Sum(component => sums[component]);
        int length = LowerTriangle.Length(_dimension);
        var means = new double[kept.Length * _dimension];
        var factors = new double[kept.Length * length];
        for (int next = 0; next < kept.Length; next++)
        {
            var mean = means.AsSpan(next * _dimension, _dimension);
            var factor = factors.AsSpan(next * length, length);
            Moments(kept[next], components, sums[kept[next]], mean, factor);
            Factorize(factor);
        }

        double[] weights = [.. kept.Select(component => sums[component] / total)];
        return LatentMixture.Create(_dimension, weights, means, factors)
            ?? throw new InvalidOperationException("The latent vectors have no mixture.");
    }

    private void Moments(int component, int components, double sum, Span<double> mean, Span<double> covariance)
    {
        for (int i = 0; i < _count; i++)
        {
            double share = _shares[i * components + component] / sum;
            var latent = Latent(i);
            for (int d = 0; d < _dimension; d++)
                mean[d] += share * latent[d];
        }

        for (int i = 0; i < _count; i++)
        {
            double share = _shares[i * components + component] / sum;
            if (share == 0) continue;
            var latent = Latent(i);
            for (int row = 0; row < _dimension; row++)
            {
                double deviation = share * (latent[row] - mean[row]);
                for (int column = 0; column <= row; column++)
                    covariance[LowerTriangle.Index(row, column)] += deviation * (latent[column] - mean[column]);
            }
        }

        for (int row = 0; row < _dimension; row++)
            covariance[LowerTriangle.Index(row, row)] += Ridge;
    }

    /// <summary>Replaces a covariance by its lower Cholesky factor.</summary>
    private void Factorize(Span<double> matrix)
    {
        for (int row = 0; row < _dimension; row++)
        {
            for (int column = 0; column <= row; column++)
            {
                double sum = matrix[LowerTriangle.Index(row, column)];
                for (int d = 0; d < column; d++)
                    sum -= matrix[LowerTriangle.Index(row, d)] * matrix[LowerTriangle.Index(column, d)];
                matrix[LowerTriangle.Index(row, column)] = row == column
                    ? Math.Sqrt(Math.Max(sum, Ridge / 2))
                    : sum / matrix[LowerTriangle.Index(column, column)];
            }
        }
    }
}
