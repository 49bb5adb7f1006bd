using System.Globalization;
using System.Numerics.Tensors;
using Vae.Numerics.Elementwise;

namespace Vae.Data;

/// <summary>What happens to a row before a network sees it: it is checked, its missing values are found, and it is standardized.</summary>
internal sealed class RowPreparation(FeatureLayout layout)
{
    private readonly FeatureGroup[] _groups = [.. layout.AllGroups];

    /// <summary>Refuses a row that no VAE of this layout can take.</summary>
    /// <param name="row">The row in original units; NaN is missing.</param>
    /// <param name="index">The row's number for the message, counted from 0.</param>
    /// <exception cref="ArgumentException">An infinite value, a binary value that is not 0 or 1, or a one-hot group with two ones.</exception>
    public void Check(ReadOnlySpan<float> row, long index)
    {
        foreach (var group in _groups)
        {
            var values = row.Slice(group.Start, group.Length);
            if (group.Kind == FeatureKind.Numeric)
            {
                if (FiniteNumbers.All(values)) continue;
                int infinite = values.IndexOfAny(float.PositiveInfinity, float.NegativeInfinity);
                if (infinite >= 0) throw Invalid(group, infinite, index, values[infinite], "is infinite. Replace it, or use NaN for a missing value.");
            }
            else
            {
                CheckZerosAndOnes(group, values, index);
            }
        }
    }

    /// <summary>Sets all slots of a one-hot group whose value is missing (all zero, or any NaN) to NaN.</summary>
    /// <returns>Whether any modelled value of the row is missing.</returns>
    public bool MarkMissing(Span<float> row)
    {
        foreach (var group in _groups)
        {
            if (group.Kind != FeatureKind.OneHot) continue;
            var values = row.Slice(group.Start, group.Length);
            float sum = TensorPrimitives.Sum<float>(values);
            if (!(sum > 0)) values.Fill(float.NaN);
        }

        return AnyNaN(row[..layout.SlotCount]);
    }

    /// <summary>Replaces missing values by 0.</summary>
    /// <param name="row">The standardized row, NaN where missing.</param>
    /// <param name="mask">Receives 1 where a modelled value was observed and 0 where it is missing; or is empty.</param>
    public static void SplitMissing(Span<float> row, Span<float> mask)
    {
        if (FiniteNumbers.All(row))
        {
            mask.Fill(1);
            return;
        }

        for (int slot = 0; slot < mask.Length; slot++)
            mask[slot] = float.IsNaN(row[slot]) ? 0 : 1;
        for (int slot = 0; slot < row.Length; slot++)
        {
            if (float.IsNaN(row[slot])) row[slot] = 0;
        }
    }

    private static bool AnyNaN(ReadOnlySpan<float> values)
    {
        if (FiniteNumbers.All(values)) return false;
        foreach (float value in values)
        {
            if (float.IsNaN(value)) return true;
        }

        return false;
    }

    private static void CheckZerosAndOnes(FeatureGroup group, ReadOnlySpan<float> values, long index)
    {
        int ones = 0;
        for (int i = 0; i < values.Length; i++)
        {
            float value = values[i];
            if (value == 1)
                ones++;
            else if (value != 0 && !float.IsNaN(value))
                throw Invalid(group, i, index, value, "is neither 0 nor 1. A likelihood for binary values cannot model it: make the slot numeric.");
        }

        if (group.Kind == FeatureKind.OneHot && ones > 1)
        {
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture,
                $"The one-hot group '{group.Name}' has {ones} ones in row {index}, and may have one. If its values are independent of one another, make it binary."));
        }
    }

    private static ArgumentException Invalid(FeatureGroup group, int slot, long index, float value, string problem) => new(string.Create(
        CultureInfo.InvariantCulture, $"The value {value} of slot '{group.SlotNames[slot]}' (column '{group.Name}') in row {index} {problem}"));
}
