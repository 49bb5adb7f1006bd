using System.Globalization;
using Vae.Numerics.Elementwise;

namespace Vae.Data;

/// <summary>
/// What happens to a row before a network sees it: it is checked, its missing values are marked as NaN (<see cref="Clean"/>), it is
/// standardized, and its missing values become 0 and a mask (<see cref="Standardize"/>). Training does the first half once, as it reads a
/// table; scoring does both at once.
/// </summary>
internal sealed class RowPreparation(FeatureLayout layout)
{
    private const string NotBinary = "is neither 0 nor 1. A likelihood for binary values cannot model it: make the slot numeric.";

    private readonly FeatureGroup[] _groups = [.. layout.AllGroups];
    private readonly bool _isNumeric = layout.AllGroups.All(group => group.Kind == FeatureKind.Numeric);

    /// <summary>The first half, in place: checks a row and sets all slots of a one-hot group whose value is missing to NaN.</summary>
    /// <param name="row">The row in original units; NaN is missing.</param>
    /// <param name="number">The row's number for the message, counted from 0; negative if it has none.</param>
    /// <returns>Whether any modelled value of the row is missing.</returns>
    /// <exception cref="ArgumentException">
    /// An infinite value, a binary value that is not 0 or 1, or a one-hot group with two ones.
    /// </exception>
    public bool Clean(Span<float> row, long number)
    {
        if (_isNumeric && FiniteNumbers.All(row)) return false;
        Check(row, number);
        foreach (var group in _groups)
        {
            if (group.Kind == FeatureKind.OneHot && !group.IsAnyObserved(row)) row.Slice(group.Start, group.Length).Fill(float.NaN);
        }

        return AnyNaN(row[..layout.SlotCount]);
    }

    /// <summary>The second half: standardizes a clean row and replaces its missing values by 0.</summary>
    /// <param name="standardization">The means and deviations.</param>
    /// <param name="clean">The row in original units, NaN where missing.</param>
    /// <param name="prepared">Receives the row as a network takes it; may be <paramref name="clean"/>.</param>
    /// <param name="mask">Receives 1 where a modelled value was observed and 0 where it is missing; or is empty.</param>
    public static void Standardize(Standardization standardization, ReadOnlySpan<float> clean, Span<float> prepared, Span<float> mask)
    {
        standardization.Apply(clean, prepared);
        SplitMissing(prepared, mask);
    }

    /// <summary>Both halves.</summary>
    /// <param name="standardization">The means and deviations.</param>
    /// <param name="row">The row in original units; NaN is missing.</param>
    /// <param name="number">The row's number for the message, counted from 0; negative if it has none.</param>
    /// <param name="prepared">Receives the row as a network takes it; may be <paramref name="row"/>.</param>
    /// <param name="mask">Receives 1 where a modelled value was observed and 0 where it is missing; or is empty.</param>
    /// <exception cref="ArgumentException">The row is not valid; the message names the slot and the row.</exception>
    public void Prepare(Standardization standardization, ReadOnlySpan<float> row, long number, Span<float> prepared, Span<float> mask)
    {
        if (_isNumeric && FiniteNumbers.All(row))
        {
            standardization.Apply(row, prepared);
            mask.Fill(1);
            return;
        }

        row.CopyTo(prepared);
        Clean(prepared, number);
        Standardize(standardization, prepared, prepared, mask);
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

    private void Check(ReadOnlySpan<float> row, long number)
    {
        foreach (var group in _groups)
        {
            var values = row.Slice(group.Start, group.Length);
            if (group.Kind == FeatureKind.Numeric)
            {
                if (FiniteNumbers.All(values)) continue;
                int infinite = values.IndexOfAny(float.PositiveInfinity, float.NegativeInfinity);
                if (infinite < 0) continue;
                throw Invalid(group, infinite, number, values[infinite], "is infinite. Replace it, or use NaN for a missing value.");
            }
            else
            {
                CheckZerosAndOnes(group, values, number);
            }
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

    private static void CheckZerosAndOnes(FeatureGroup group, ReadOnlySpan<float> values, long number)
    {
        int ones = 0;
        for (int i = 0; i < values.Length; i++)
        {
            float value = values[i];
            if (value == 1)
                ones++;
            else if (value != 0 && !float.IsNaN(value))
                throw Invalid(group, i, number, value, NotBinary);
        }

        if (group.Kind == FeatureKind.OneHot && ones > 1)
        {
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture,
                $"The one-hot group '{group.Name}' has {ones} ones{In(number)}, and may have one. "
                + $"If its values are independent of one another, make it binary."));
        }
    }

    private static ArgumentException Invalid(FeatureGroup group, int slot, long number, float value, string problem) => new(string.Create(
        CultureInfo.InvariantCulture,
        $"The value {value} of slot '{group.SlotNames[slot]}' (column '{group.Name}'){In(number)} {problem}"));

    private static string In(long number) => number < 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" in row {number}");
}
