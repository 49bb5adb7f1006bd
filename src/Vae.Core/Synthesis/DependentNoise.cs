using System.Numerics.Tensors;
using Vae.Data;
using Vae.Numerics;
using Vae.Numerics.RandomNumbers;

namespace Vae.Synthesis;

/// <summary>
/// x | z where the columns depend on one another beyond z: one feature after another, categories and yes/no values before numbers, each
/// given the errors x − x̂(z) of those before it, as their covariance Σ = L·Lᵀ says. What is expected of a category's errors is added to
/// its probabilities, which stay between 0 and 1.
/// </summary>
internal sealed class DependentNoise
{
    /// <summary>A row of more slots has independent noise: the time for a row grows with the square of their number.</summary>
    public const int MostSlots = 512;

    private readonly Feature[] _categories;
    private readonly int[] _slots;

    private DependentNoise(FeatureLayout layout, double[] factor)
    {
        _categories = [.. layout.Features.Where(feature => feature.Kind != FeatureKind.Numeric)];
        _slots = OrderOf(layout);
        Factor = factor;
    }

    /// <summary>L up to the diagonal, row by row, in the order of <see cref="OrderOf"/>.</summary>
    public double[] Factor { get; }

    /// <summary>The slots of categories and yes/no values, and then those of numbers.</summary>
    public static int[] OrderOf(FeatureLayout layout) => [.. layout.CategoricalSlots, .. layout.NumericSlots];

    /// <summary>The noise with a factor, or null where it cannot be one.</summary>
    public static DependentNoise? Create(FeatureLayout layout, double[] factor)
    {
        bool fits = layout.SlotCount <= MostSlots && factor.Length == LowerTriangle.Length(layout.SlotCount);
        if (!fits || !factor.All(double.IsFinite)) return null;
        for (int row = 0; row < layout.SlotCount; row++)
        {
            if (!(factor[LowerTriangle.Index(row, row)] > 0)) return null;
        }

        return new DependentNoise(layout, factor);
    }

    /// <summary>Replaces an expected row by a draw, in standardized units.</summary>
    public void Draw(Span<float> expected, Random random)
    {
        Span<double> whitened = stackalloc double[_slots.Length];
        Span<float> drawn = stackalloc float[_slots.Length];
        int next = 0;
        foreach (var feature in _categories)
        {
            var probabilities = feature.Of(expected);
            var values = drawn[..probabilities.Length];
            for (int i = 0; i < values.Length; i++)
                values[i] = (float)Math.Clamp(probabilities[i] + Error(next + i, whitened[..next]), 0, 1);
            DrawCategory(feature, probabilities, values, random);
            for (int i = 0; i < values.Length; i++, next++)
                whitened[next] = (values[i] - probabilities[i] - Error(next, whitened[..next])) / LowerTriangle.Row(Factor, next)[next];
            values.CopyTo(probabilities);
        }

        for (; next < _slots.Length; next++)
        {
            whitened[next] = RandomVariable.Normal(random);
            expected[_slots[next]] += (float)Error(next, whitened[..(next + 1)]);
        }
    }

    private static void DrawCategory(Feature feature, ReadOnlySpan<float> expected, Span<float> values, Random random)
    {
        if (feature.Kind == FeatureKind.Binary)
        {
            values[0] = random.NextDouble() < values[0] ? 1 : 0;
            return;
        }

        if (TensorPrimitives.Sum<float>(values) <= 0) expected.CopyTo(values);
        RandomVariable.OneHot(values, random);
    }

    /// <summary>What errors that are known in part, as L⁻¹·e, say of another: the part of L·(L⁻¹·e) that is known.</summary>
    private double Error(int index, ReadOnlySpan<double> whitened) =>
        TensorPrimitives.Dot<double>(LowerTriangle.Row(Factor, index)[..whitened.Length], whitened);
}
