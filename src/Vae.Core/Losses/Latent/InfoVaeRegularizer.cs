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
    private static readonly float[] Scales = [.. InfoVaeOptions.KernelScales.Select(scale => (float)scale)];

    private readonly LatentKernel _kernel;
    private readonly float _width;
    private readonly float _weight;
    private readonly Matrix _prior;

    public InfoVaeRegularizer(InfoVaeOptions options, int dimension, int rows)
        : base(options.DivergenceWeight)
    {
        _kernel = options.Kernel;
        _width = (float)options.KernelWidth(dimension);
        _weight = (float)options.DiscrepancyWeight;
        _prior = new Matrix(rows, dimension);
    }

    public override void Complete(StepInfo step, LatentPosterior posterior, int first, int count)
    {
        if (count < 2) return;
        ulong element = (ulong)step.Number * (ulong)(_prior.Rows * _prior.Stride);
        CounterRandom.FillNormal(step.Seed, RandomStreams.PriorSample, element, _prior.Block(0, count));

        double total = 0;
        double squares = 0;
        for (int row = 0; row < count; row++)
        {
            total += posterior.RowWeights[row];
            squares += (double)posterior.RowWeights[row] * posterior.RowWeights[row];
        }

        double pairs = total * total - squares;
        if (pairs <= InfoVaeOptions.NegligiblePairs * total * total) return;
        float factor = step.Factor * _weight;
        double discrepancy = PriorPairs(count) / ((double)count * (count - 1));
        for (int row = 0; row < count; row++)
            discrepancy += Row(posterior, row, count, factor, pairs, total);
        for (int row = 0; row < count; row++)
        {
            posterior.Terms[row] += (float)(factor * discrepancy / total);
            posterior.FullTerms[row] += (float)(_weight * discrepancy / total);
        }
    }

    /// <summary>The part of the discrepancy in which one row's z takes part; adds its gradient.</summary>
    private double Row(LatentPosterior posterior, int row, int count, float factor, double pairs, double total)
    {
        float own = posterior.RowWeights[row];
        var latent = posterior.Latent.Value.Row(row)[..posterior.Dimension];
        var gradient = posterior.Latent.Gradient.Row(row)[..posterior.Dimension];
        double among = 0;
        double across = 0;
        for (int other = 0; other < count; other++)
        {
            float weight = own * posterior.RowWeights[other];
            var partner = posterior.Latent.Value.Row(other)[..posterior.Dimension];
            if (other != row) among += weight * Pair(latent, partner, (float)(2 * factor * weight / pairs), gradient);
            across += own * Pair(latent, _prior.Row(other), (float)(-2 * factor * own / (total * count)), gradient);
        }

        return among / pairs - 2 * across / (total * count);
    }

    /// <summary>k(u, v); adds <paramref name="scale"/>·∂k/∂u to the gradient.</summary>
    private float Pair(ReadOnlySpan<float> u, ReadOnlySpan<float> v, float scale, Span<float> gradient)
    {
        float value = Kernel(SquaredDistance(u, v), out float derivative);
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
                sum += 2 * Kernel(SquaredDistance(_prior.Row(row), _prior.Row(other)), out _);
        }

        return sum;
    }

    /// <summary>k as a function of the squared distance r = ‖u − v‖², and its derivative by r.</summary>
    private float Kernel(float squaredDistance, out float derivative)
    {
        if (_kernel == LatentKernel.RadialBasisFunction)
        {
            float value = MathF.Exp(-squaredDistance / _width);
            derivative = -value / _width;
            return value;
        }

        float sum = 0;
        derivative = 0;
        foreach (float scale in Scales)
        {
            float width = scale * _width;
            float value = width / (width + squaredDistance);
            sum += value;
            derivative -= value / (width + squaredDistance);
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
