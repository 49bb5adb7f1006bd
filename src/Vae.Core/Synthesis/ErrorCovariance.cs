using System.Numerics.Tensors;
using Vae.Data;
using Vae.Numerics;

namespace Vae.Synthesis;

/// <summary>Σ, the covariance of x − x̂(z) over all slots in standardized units, of rows and draws z ~ q(z|x).</summary>
internal sealed class ErrorCovariance
{
    /// <summary>
    /// How many rows without an effect stand against those of a category: an effect that only a few rows tell of is hardly believed.
    /// </summary>
    private const double RowsWithoutEffect = 10;

    /// <summary>The least variance of an error given those before it, so that slots that repeat one another do no harm.</summary>
    private const double LeastVariance = 1e-9;

    private readonly FeatureLayout _layout;
    private readonly int[] _slots;
    private readonly double[] _sums;
    private readonly double[] _weights;
    private readonly double[] _errors;
    private readonly double[] _observed;
    private int _rows;

    public ErrorCovariance(FeatureLayout layout)
    {
        _layout = layout;
        _slots = DependentNoise.OrderOf(layout);
        _sums = new double[LowerTriangle.Length(_slots.Length)];
        _weights = new double[_sums.Length];
        _errors = new double[_slots.Length];
        _observed = new double[_slots.Length];
    }

    /// <summary>Adds a row.</summary>
    /// <param name="targets">Standardized values; anything where missing.</param>
    /// <param name="mask">1 where a value was observed, else 0.</param>
    /// <param name="expected">Expected values at a draw of z: standardized numbers, and probabilities.</param>
    /// <param name="weight">The row's weight.</param>
    public void Add(ReadOnlySpan<float> targets, ReadOnlySpan<float> mask, ReadOnlySpan<float> expected, double weight)
    {
        for (int i = 0; i < _slots.Length; i++)
        {
            _observed[i] = mask[_slots[i]];
            _errors[i] = _observed[i] == 0 ? 0 : (double)targets[_slots[i]] - expected[_slots[i]];
        }

        for (int i = 0; i < _slots.Length; i++)
        {
            if (_observed[i] == 0) continue;
            var sums = LowerTriangle.Row(_sums, i);
            var weights = LowerTriangle.Row(_weights, i);
            TensorPrimitives.MultiplyAdd<double>(_errors.AsSpan(0, i + 1), weight * _errors[i], sums, sums);
            TensorPrimitives.MultiplyAdd<double>(_observed.AsSpan(0, i + 1), weight, weights, weights);
        }

        _rows++;
    }

    /// <summary>The noise, or null where a slot was never observed or errors are no numbers.</summary>
    public DependentNoise? Build()
    {
        double[] factor = [.. _sums];
        int categories = _slots.Length - _layout.NumericSlots.Length;
        for (int i = 0; i < _slots.Length; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                int index = LowerTriangle.Index(i, j);
                factor[index] = _weights[index] > 0 ? _sums[index] / _weights[index] : 0;
            }

            if (i < categories) factor[LowerTriangle.Index(i, i)] += RowsWithoutEffect / Math.Max(1, _rows);
        }

        for (int i = 0; i < _slots.Length; i++)
            LowerTriangle.Factorize(factor, i, LeastVariance);
        return DependentNoise.Create(_layout, factor);
    }
}
