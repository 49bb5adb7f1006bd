using Vae.Options;

namespace Vae.Inference;

/// <summary>From the posterior, in units of the prior, to the embedding in the units that were asked for.</summary>
internal sealed class EmbeddingUnits
{
    private readonly float[] _factors;
    private readonly float[] _shifts;

    /// <param name="scale">The units.</param>
    /// <param name="axes">What each dimension is worth; none in a model of an earlier version.</param>
    public EmbeddingUnits(EmbeddingScale scale, IReadOnlyList<LatentAxis> axes)
    {
        Factors = scale == EmbeddingScale.Data ? [.. axes.Select(axis => axis.Factor)] : [];
        LogVarianceShifts = Array.ConvertAll(Factors, factor => 2 * Math.Log(factor));
        _factors = Array.ConvertAll(Factors, factor => (float)factor);
        _shifts = Array.ConvertAll(LogVarianceShifts, shift => (float)shift);
    }

    /// <summary>What each dimension of μ is multiplied by; empty where it stays as it is.</summary>
    public double[] Factors { get; }

    /// <summary>What is added to each dimension of log σ²; empty where it stays as it is.</summary>
    public double[] LogVarianceShifts { get; }

    /// <summary>Changes posteriors in place.</summary>
    /// <param name="means">μ [rows × k]; or is empty.</param>
    /// <param name="logVariances">log σ² [rows × k]; or is empty.</param>
    public void Apply(Span<float> means, Span<float> logVariances)
    {
        if (_factors.Length == 0) return;
        for (int i = 0; i < means.Length; i++)
            means[i] *= _factors[i % _factors.Length];
        for (int i = 0; i < logVariances.Length; i++)
            logVariances[i] += _shifts[i % _shifts.Length];
    }
}
