namespace Vae.Diagnostics;

/// <summary>Mean and variance of values that come one by one (Welford 1962): exactly 0 where all are the same.</summary>
internal struct RunningVariance
{
    private long _count;
    private double _mean;

    /// <summary>Whether no value has come.</summary>
    public readonly bool IsEmpty => _count == 0;

    /// <summary>Σ(x − x̄)².</summary>
    public double SquaredDeviations { get; private set; }

    /// <summary>The (biased) variance.</summary>
    public readonly double Variance => SquaredDeviations / _count;

    public void Add(double value)
    {
        double deviation = value - _mean;
        _mean += deviation / ++_count;
        SquaredDeviations += deviation * (value - _mean);
    }
}
