using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Vae.Numerics.Elementwise;

namespace Vae.Data;

/// <summary>
/// Mean and standard deviation of every slot over the training rows, or what <see cref="StandardizationMethod"/> puts in their place: (x −
/// mean) / deviation goes into the network, or a normal score, and the way back comes out. Binary and one-hot slots keep mean 0 and
/// deviation 1; so does a slot without an observed value. A constant slot has deviation 1 (or, where its values are large, of their
/// rounding).
/// </summary>
internal sealed class Standardization
{
    /// <summary>
    /// How many standard deviations from the mean a value can be: farther ones are taken to be this far, so that a network's sums and
    /// squares stay finite. Of n training rows none is farther than √n from their mean.
    /// </summary>
    public const double Farthest = 1e6;

    private readonly double[] _reciprocals;

    /// <param name="means">One mean per slot.</param>
    /// <param name="deviations">One deviation per slot.</param>
    /// <param name="maps">One map per slot, or null for a slot that has none; empty where none has one.</param>
    /// <param name="ranges">One range per slot, or null for a slot that has none; empty where none is known.</param>
    public Standardization(double[] means, double[] deviations, QuantileMap?[]? maps = null, SlotRange?[]? ranges = null)
    {
        Means = means;
        Deviations = deviations;
        Maps = maps ?? [];
        Ranges = ranges ?? [];
        _reciprocals = Array.ConvertAll(deviations, deviation => 1 / deviation);
    }

    /// <summary>One mean per slot of the row (conditions included), in original units.</summary>
    public double[] Means { get; }

    /// <summary>One positive standard deviation per slot of the row (conditions included), in original units.</summary>
    public double[] Deviations { get; }

    /// <summary>
    /// One map per slot of the row (<see cref="StandardizationMethod.Quantile"/>), which takes the place of mean and deviation where it is
    /// not null; empty where no slot has one.
    /// </summary>
    public QuantileMap?[] Maps { get; }

    /// <summary>
    /// One range per slot of the row, null where a slot is not numeric; empty where none is known, as in models of older versions.
    /// </summary>
    public SlotRange?[] Ranges { get; }

    /// <summary>
    /// x ↦ (x − mean) / deviation for one row, held within ±<see cref="Farthest"/>; what is tiny becomes 0, NaN stays NaN.
    /// </summary>
    public void Apply(ReadOnlySpan<float> row, Span<float> standardized)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(standardized.Length, row.Length);
        if (row.Length < Vector256<float>.Count || Maps.Length > 0)
        {
            for (int slot = 0; slot < row.Length; slot++)
                standardized[slot] = (float)Math.Clamp(Apply(slot, row[slot]), -Farthest, Farthest);
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
            row[slot] = Undo(slot, row[slot]);
    }

    /// <summary>The same for the value of one slot.</summary>
    public float Undo(int slot, double standardized)
    {
        double value = MapOf(slot) is { } map ? map.Value(standardized) : Means[slot] + Deviations[slot] * standardized;
        return (float)Math.Clamp(value, float.MinValue, float.MaxValue);
    }

    /// <summary>log |dx/dz| of a slot, from standardized units z to original ones.</summary>
    public double LogScale(int slot, float value) => MapOf(slot) is { } map ? -map.LogSlope(value) : Math.Log(Deviations[slot]);

    /// <summary>The map of a slot, or null where it has none.</summary>
    public QuantileMap? MapOf(int slot) => Maps.Length > 0 ? Maps[slot] : null;

    /// <summary>The range of a slot, or null where it is not known.</summary>
    public SlotRange? RangeOf(int slot) => Ranges.Length > 0 ? Ranges[slot] : null;

    private double Apply(int slot, float value) => MapOf(slot) is { } map ? map.Score(value) : (value - Means[slot]) * _reciprocals[slot];

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
/// What of the training rows a numeric slot is standardized with. A normal distribution becomes the standard normal one with each.
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

    /// <summary>
    /// A map of each slot to normal scores: its distribution becomes a normal one, whatever it was. For heavy tails, for slots that are 0
    /// in most rows, and for samples whose columns should be distributed as the training rows'. It is drawn by straight lines through at
    /// most 1,024 quantiles, which are learned in one pass; a value that at least one row in 128 holds keeps its share. A value beyond the
    /// training rows is the more unusual the farther it is. A reconstruction is the value of the expected score: a median rather than a
    /// mean. Distances between values count by how many rows lie between them, which does not serve every use: see docs/evaluation.md.
    /// </summary>
    Quantile,
}
