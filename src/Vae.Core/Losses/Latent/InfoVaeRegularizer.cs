using Vae.Numerics;
using Vae.Numerics.RandomNumbers;
using Vae.Options;

namespace Vae.Losses.Latent;

/// <summary>
/// (1 − α)·KL + (α + λ − 1)·MMD. With row weights v (summing to V) and as many prior samples p as rows n, the discrepancy is
/// Σ_{i≠j} v_i·v_j·k(z_i, z_j) / (V² − Σ v²) + Σ_{i≠j} k(p_i, p_j) / (n(n − 1)) − 2·Σ v_i·k(z_i, p_j) / (V·n). A single row has none.
/// </summary>
internal sealed class InfoVaeRegularizer : Regularizer
{
    /// <summary>The share of the pairs in all weight below which one row weighs everything, and what is left is rounding.</summary>
    private const double Negligible = 1e-9;

    private readonly KullbackLeiblerRegularizer _divergence;
    private readonly KernelFunction _kernel;
    private readonly float _weight;
    private readonly Matrix _prior;

    public InfoVaeRegularizer(InfoVaeOptions options, int dimension, int rows)
    {
        _divergence = new KullbackLeiblerRegularizer(1 - options.Alpha);
        _kernel = new KernelFunction(options.Kernel, dimension, options.Bandwidth);
        _weight = (float)(options.Alpha + options.Lambda - 1);
        _prior = new Matrix(rows, dimension);
    }

    public override bool NeedsWholeBatch => true;

    public override void Evaluate(LatentBatch batch, int first, int count, float[] values)
    {
        _divergence.Evaluate(batch, first, count, values);
        if (count < 2) return;
        ulong element = (ulong)batch.Step * (ulong)(_prior.Rows * _prior.Stride);
        CounterRandom.FillNormal(batch.Seed, RandomStreams.PriorSample, element, _prior.Block(0, count));

        double total = 0;
        double squares = 0;
        for (int row = 0; row < count; row++)
        {
            total += batch.RowWeights[row];
            squares += (double)batch.RowWeights[row] * batch.RowWeights[row];
        }

        double pairs = total * total - squares;
        if (pairs <= Negligible * total * total) return;
        float factor = batch.Factor * _weight;
        double discrepancy = PriorPairs(count) / ((double)count * (count - 1));
        for (int row = 0; row < count; row++)
            discrepancy += Row(batch, row, count, factor, pairs, total);
        for (int row = 0; row < count; row++)
            values[row] += (float)(factor * discrepancy / total);
    }

    /// <summary>The part of the discrepancy in which one row's z takes part; adds its gradient.</summary>
    private double Row(LatentBatch batch, int row, int count, float factor, double pairs, double total)
    {
        float own = batch.RowWeights[row];
        var latent = batch.Latent.Value.Row(row)[..batch.Dimension];
        var gradient = batch.Latent.Gradient.Row(row)[..batch.Dimension];
        double among = 0;
        double across = 0;
        for (int other = 0; other < count; other++)
        {
            float weight = own * batch.RowWeights[other];
            if (other != row)
                among += weight * Pair(latent, batch.Latent.Value.Row(other)[..batch.Dimension], (float)(2 * factor * weight / pairs), gradient);
            across += own * Pair(latent, _prior.Row(other), (float)(-2 * factor * own / (total * count)), gradient);
        }

        return among / pairs - 2 * across / (total * count);
    }

    /// <summary>k(u, v); adds <paramref name="scale"/>·∂k/∂u to the gradient.</summary>
    private float Pair(ReadOnlySpan<float> u, ReadOnlySpan<float> v, float scale, Span<float> gradient)
    {
        float value = _kernel.Evaluate(SquaredDistance(u, v), out float derivative);
        for (int d = 0; d < u.Length; d++)
            gradient[d] += scale * 2 * derivative * (u[d] - v[d]);
        return value;
    }

    private double PriorPairs(int count)
    {
        double sum = 0;
        for (int row = 0; row < count; row++)
        {
            for (int other = 0; other < row; other++)
                sum += 2 * _kernel.Evaluate(SquaredDistance(_prior.Row(row), _prior.Row(other)), out _);
        }

        return sum;
    }

    private static float SquaredDistance(ReadOnlySpan<float> u, ReadOnlySpan<float> v)
    {
        float sum = 0;
        for (int d = 0; d < u.Length; d++)
            sum += (u[d] - v[d]) * (u[d] - v[d]);
        return sum;
    }
}
