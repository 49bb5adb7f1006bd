using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Vae.Numerics.Elementwise;

namespace Vae.Data;

/// <summary>
/// Mean and standard deviation of every slot over the training rows, or what <see cref="StandardizationMethod"/> puts in their place: (x −
/// mean) / deviation goes into the network, and the way back comes out. Binary and one-hot slots keep mean 0 and deviation 1; so does a
/// slot without an observed value. A constant slot has deviation 1 (or, where its values are large, of their rounding).
/// </summary>
internal sealed class Standardization
{
    /// <summary>
    /// How many standard deviations from the mean a value can be: farther ones are taken to be this far, so that a network's sums and
    /// squares stay finite. Of n training rows none is farther than √n from their mean.
    /// </summary>
    public const double Farthest = 1e6;

    private readonly double[] _reciprocals;

    public Standardization(double[] means, double[] deviations)
    {
        Means = means;
        Deviations = deviations;
        _reciprocals = Array.ConvertAll(deviations, deviation => 1 / deviation);
    }

    /// <summary>One mean per slot of the row (conditions included), in original units.</summary>
    public double[] Means { get; }

    /// <summary>One positive standard deviation per slot of the row (conditions included), in original units.</summary>
    public double[] Deviations { get; }

    /// <summary>x ↦ (x − mean) / deviation for one row, held within ±<see cref="Farthest"/>; what is tiny becomes 0, NaN stays NaN.</summary>
    public void Apply(ReadOnlySpan<float> row, Span<float> standardized)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(standardized.Length, row.Length);
        if (row.Length < Vector256<float>.Count)
        {
            for (int slot = 0; slot < row.Length; slot++)
                standardized[slot] = (float)Math.Clamp((row[slot] - Means[slot]) * _reciprocals[slot], -Farthest, Farthest);
            TinyNumbers.ToZero(standardized);
            return;
        }

        // The last vector may overlap the one before, which must not have been written when the two spans are the same.
        ref float source = ref MemoryMarshal.GetReference(row);
        ref float target = ref MemoryMarshal.GetReference(standardized);
        ref double mean = ref MemoryMarshal.GetArrayDataReference(Means);
        ref double reciprocal = ref MemoryMarshal.GetArrayDataReference(_reciprocals);
        nuint last = (nuint)(row.Length - Vector256<float>.Count);
        var end = Apply(ref source, ref mean, ref reciprocal, last);
        for (nuint i = 0; i < last; i += (nuint)Vector256<float>.Count)
            Apply(ref source, ref mean, ref reciprocal, i).StoreUnsafe(ref target, i);
        end.StoreUnsafe(ref target, last);
    }

    /// <summary>x ↦ mean + deviation · x for the modelled slots of one row, held within the range of a float.</summary>
    public void Undo(Span<float> row)
    {
        for (int slot = 0; slot < row.Length; slot++)
            row[slot] = (float)Math.Clamp(Means[slot] + Deviations[slot] * row[slot], float.MinValue, float.MaxValue);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Apply(ref float source, ref double mean, ref double reciprocal, nuint index)
    {
        var values = Vector256.LoadUnsafe(ref source, index);
        var (lower, upper) = Vector256.Widen(values);
        lower = Apply(lower, ref mean, ref reciprocal, index);
        upper = Apply(upper, ref mean, ref reciprocal, index + (nuint)Vector256<double>.Count);
        var standardized = Vector256.Narrow(lower, upper);
        standardized &= ~Vector256.LessThan(Vector256.Abs(standardized), Vector256.Create(TinyNumbers.Smallest));
        return Vector256.ConditionalSelect(Vector256.Equals(values, values), standardized, values);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Apply(Vector256<double> values, ref double mean, ref double reciprocal, nuint index)
    {
        var standardized = (values - Vector256.LoadUnsafe(ref mean, index)) * Vector256.LoadUnsafe(ref reciprocal, index);
        return Vector256.ClampNative(standardized, Vector256.Create(-Farthest), Vector256.Create(Farthest));
    }
}

/// <summary>
/// Which location and scale of the training rows a numeric slot is standardized with. The scale of a normal distribution is its standard
/// deviation in each.
/// </summary>
public enum StandardizationMethod
{
    /// <summary>Mean and standard deviation.</summary>
    MeanAndDeviation,

    /// <summary>
    /// Median, and the distance from the 5th to the 95th percentile divided by the 3.29 standard deviations that it is on a normal
    /// distribution. Outliers in up to 5% of the rows on either side do not move them, where a single one can make the standard deviation
    /// as large as it likes and the ordinary values look alike. A slot whose two percentiles are equal, such as one that is nearly always
    /// 0, keeps mean and standard deviation. In a large table the percentiles are those of up to 65,536 rows, evenly spaced.
    /// </summary>
    MedianAndRange,
}
