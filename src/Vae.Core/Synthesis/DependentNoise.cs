using System.Numerics.Tensors;
using Vae.Data;
using Vae.Imputation;
using Vae.Inference;
using Vae.Numerics.RandomNumbers;

namespace Vae.Synthesis;

/// <summary>
/// x | z where the columns depend on one another beyond z: one feature after another, categories and yes/no values before numbers, each
/// given the errors of those before it, as their covariance Σ = L·Lᵀ says. A category's probabilities are moved by what is expected of
/// its errors, and stay probabilities.
/// </summary>
internal sealed class DependentNoise
{
    /// <summary>The least variance of an error given those before it, so that slots that repeat one another do no harm.</summary>
    private const double LeastVariance = 1e-9;

    private readonly Feature[] _categories;
    private readonly int[] _slots;
    private readonly double[] _factor;

    /// <param name="layout">What the slots mean.</param>
    /// <param name="noise">Σ, of all slots.</param>
    public DependentNoise(FeatureLayout layout, NoiseCovariance noise)
    {
        _categories = [.. layout.Features.Where(feature => feature.Kind != FeatureKind.Numeric)];
        int[] indices = [.. Enumerable.Range(noise.Numbers, noise.Size - noise.Numbers), .. Enumerable.Range(0, noise.Numbers)];
        int[] slots = [.. layout.NumericSlots, .. ImputerPart.CategoricalSlots(layout)];
        _slots = Array.ConvertAll(indices, index => slots[index]);
        _factor = new double[indices.Length * indices.Length];
        for (int i = 0; i < indices.Length; i++)
        {
            var row = Row(i);
            for (int j = 0; j < i; j++)
            {
                var other = Row(j);
                row[j] = (noise[indices[i], indices[j]] - TensorPrimitives.Dot<double>(row[..j], other[..j])) / other[j];
            }

            row[i] = Math.Sqrt(Math.Max(LeastVariance, noise[indices[i], indices[i]] - TensorPrimitives.SumOfSquares<double>(row[..i])));
        }
    }

    /// <summary>Replaces an expected row by a draw, in standardized units.</summary>
    public void Draw(Span<float> expected, Random random)
    {
        Span<double> whitened = stackalloc double[_slots.Length];
        Span<float> probabilities = stackalloc float[_slots.Length];
        int next = 0;
        foreach (var feature in _categories)
        {
            var values = feature.Of(expected);
            var moved = probabilities[..values.Length];
            for (int i = 0; i < values.Length; i++)
                moved[i] = (float)Math.Clamp(values[i] + Mean(next + i, whitened[..next]), 0, 1);
            if (feature.Kind == FeatureKind.OneHot)
            {
                if (!(TensorPrimitives.Sum<float>(moved) > 0)) values.CopyTo(moved);
                RandomVariable.OneHot(moved, random);
            }
            else
            {
                moved[0] = random.NextDouble() < moved[0] ? 1 : 0;
            }

            for (int i = 0; i < values.Length; i++, next++)
                whitened[next] = (moved[i] - values[i] - Mean(next, whitened[..next])) / Row(next)[next];
            moved.CopyTo(values);
        }

        for (; next < _slots.Length; next++)
        {
            whitened[next] = RandomVariable.Normal(random);
            expected[_slots[next]] += (float)Mean(next, whitened[..(next + 1)]);
        }
    }

    private double Mean(int index, ReadOnlySpan<double> whitened) =>
        TensorPrimitives.Dot<double>(Row(index)[..whitened.Length], whitened);

    private Span<double> Row(int index) => _factor.AsSpan(index * _slots.Length, index + 1);
}
