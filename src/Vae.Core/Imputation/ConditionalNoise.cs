using System.Numerics.Tensors;
using Vae.Numerics;

namespace Vae.Imputation;

/// <summary>
/// N(0, Σ) split into what was observed and what is missing, of which only errors of numbers are drawn and have a density: those of
/// categories are given. Made once and set to one row after another.
/// </summary>
internal abstract class ConditionalNoise(NoiseCovariance noise)
{
    /// <summary>The least variance of a number given those before it, so that numbers that repeat one another do no harm.</summary>
    protected const double LeastVariance = 1e-9;

    private readonly int[] _observed = new int[noise.Size];
    private readonly int[] _missing = new int[noise.Size];
    private int _observedCount;
    private int _missingCount;

    /// <summary>The slots that were observed, categories first.</summary>
    public ReadOnlySpan<int> Observed => _observed.AsSpan(0, _observedCount);

    /// <summary>The slots that are missing, numbers first.</summary>
    public ReadOnlySpan<int> Missing => _missing.AsSpan(0, _missingCount);

    protected NoiseCovariance Noise => noise;

    public static ConditionalNoise Of(NoiseCovariance noise) =>
        noise.IsIndependent ? new IndependentNoise(noise) : new CorrelatedNoise(noise);

    /// <summary>How many of the observed slots are no numbers.</summary>
    protected int ObservedCategories { get; private set; }

    /// <summary>Says which slots of the next row were observed.</summary>
    /// <param name="observed">Whether each slot was observed.</param>
    /// <param name="wanted">How many of the slots, from the first on, are asked for where they are missing.</param>
    public void SetMask(ReadOnlySpan<bool> observed, int wanted)
    {
        (_observedCount, _missingCount) = (0, 0);
        for (int i = noise.Numbers; i < observed.Length; i++)
        {
            if (observed[i]) _observed[_observedCount++] = i;
        }

        ObservedCategories = _observedCount;
        for (int i = 0; i < noise.Numbers; i++)
        {
            if (observed[i]) _observed[_observedCount++] = i;
        }

        for (int i = 0; i < wanted; i++)
        {
            if (!observed[i]) _missing[_missingCount++] = i;
        }

        Prepare();
    }

    /// <summary>
    /// log p of the observed numbers' errors given those of categories, without the constant; <see cref="Expect"/> then speaks of these.
    /// </summary>
    /// <param name="errors">x − x̂ of each observed slot, in their order; spoilt.</param>
    public abstract double LogDensity(Span<double> errors);

    /// <summary>The mean of a missing slot's error, given the errors that <see cref="LogDensity"/> was asked for last.</summary>
    /// <param name="missing">Which of the missing slots.</param>
    public abstract double Expect(int missing);

    /// <summary>The covariance of two missing slots given the observed ones.</summary>
    public abstract double Covariance(int missing, int other);

    /// <summary>Turns standard normal numbers, one for each missing slot, into errors around their means.</summary>
    public abstract void Correlate(Span<double> normals);

    /// <summary>Does what the next row's draws have in common.</summary>
    protected abstract void Prepare();
}

/// <summary>With L·Lᵀ = Σ_oo and V = L⁻¹·Σ_om, what is missing has mean Vᵀ·L⁻¹·r_o and covariance Σ_mm − VᵀV.</summary>
internal sealed class CorrelatedNoise(NoiseCovariance noise) : ConditionalNoise(noise)
{
    private readonly double[] _factor = new double[LowerTriangle.Length(noise.Size)];
    private readonly double[] _projections = new double[noise.Size * noise.Size];
    private readonly double[] _rest = new double[LowerTriangle.Length(noise.Size)];
    private readonly double[] _whitened = new double[noise.Size];
    private double _logDeterminant;

    public override double LogDensity(Span<double> errors)
    {
        Whiten(errors);
        errors.CopyTo(_whitened);
        return -0.5 * TensorPrimitives.SumOfSquares<double>(errors[ObservedCategories..]) - _logDeterminant;
    }

    public override double Expect(int missing) =>
        TensorPrimitives.Dot<double>(Projection(missing), _whitened.AsSpan(0, Observed.Length));

    public override double Covariance(int missing, int other) => Noise[Missing[missing], Missing[other]]
        - TensorPrimitives.Dot<double>(Projection(missing), Projection(other));

    public override void Correlate(Span<double> normals)
    {
        for (int i = 0; i < normals.Length; i++)
        {
            var row = LowerTriangle.Row(_rest, i);
            for (int j = 0; j <= i; j++)
                row[j] = Covariance(i, j);
            LowerTriangle.Factorize(_rest, i, LeastVariance);
        }

        for (int i = normals.Length - 1; i >= 0; i--)
            normals[i] = TensorPrimitives.Dot<double>(LowerTriangle.Row(_rest, i), normals[..(i + 1)]);
    }

    protected override void Prepare()
    {
        _logDeterminant = 0;
        for (int i = 0; i < Observed.Length; i++)
        {
            var row = LowerTriangle.Row(_factor, i);
            for (int j = 0; j <= i; j++)
                row[j] = Noise[Observed[i], Observed[j]];
            LowerTriangle.Factorize(_factor, i, LeastVariance);
            if (i >= ObservedCategories) _logDeterminant += Math.Log(row[i]);
        }

        for (int i = 0; i < Missing.Length; i++)
        {
            var projection = Projection(i);
            for (int j = 0; j < Observed.Length; j++)
                projection[j] = Noise[Missing[i], Observed[j]];
            Whiten(projection);
        }
    }

    /// <summary>v ↦ L⁻¹·v.</summary>
    private void Whiten(Span<double> values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            var row = LowerTriangle.Row(_factor, i);
            values[i] = (values[i] - TensorPrimitives.Dot<double>(row[..i], values[..i])) / row[i];
        }
    }

    private Span<double> Projection(int missing) => _projections.AsSpan(missing * Noise.Size, Observed.Length);
}

/// <summary>Noise that says nothing of what is missing.</summary>
internal sealed class IndependentNoise(NoiseCovariance noise) : ConditionalNoise(noise)
{
    public override double LogDensity(Span<double> errors)
    {
        double sum = 0;
        for (int i = 0; i < errors.Length; i++)
        {
            double deviation = Deviation(Observed[i]);
            sum -= 0.5 * Math.Pow(errors[i] / deviation, 2) + Math.Log(deviation);
        }

        return sum;
    }

    public override double Expect(int missing) => 0;

    public override double Covariance(int missing, int other) => Noise[Missing[missing], Missing[other]];

    public override void Correlate(Span<double> normals)
    {
        for (int i = 0; i < normals.Length; i++)
            normals[i] *= Deviation(Missing[i]);
    }

    protected override void Prepare()
    {
    }

    private double Deviation(int number) => Math.Sqrt(Math.Max(Noise[number, number], LeastVariance));
}
