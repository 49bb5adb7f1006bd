using System.Text.Json;
using System.Text.Json.Serialization;
using Vae.Data;
using Vae.Numerics;
using Vae.Synthesis;

namespace Vae.Persistence;

/// <summary>The ranges of the numeric slots as data of a file: smallest and largest value of each.</summary>
internal static class RangeData
{
    /// <summary>In place of the decimals of a slot that has no range.</summary>
    private const int NoRange = -2;

    /// <summary>The decimals of each numeric slot, or null where no range is known.</summary>
    public static int[]? Decimals(FeatureLayout layout, Standardization standardization) =>
        standardization.Ranges.Length == 0 || layout.AllNumericSlots.Length == 0
            ? null
            : Array.ConvertAll(layout.AllNumericSlots, slot => standardization.RangeOf(slot)?.Decimals ?? NoRange);

    public static long DataLength(IReadOnlyList<int>? decimals) =>
        decimals is null ? 0 : 2 * sizeof(float) * decimals.Count(number => number != NoRange);

    public static void Write(Standardization standardization, DataWriter writer)
    {
        foreach (var range in standardization.Ranges)
        {
            if (range is { } known) writer.Write([known.Smallest, known.Largest]);
        }
    }

    /// <exception cref="JsonException">A range cannot be.</exception>
    public static SlotRange?[]? Read(FeatureLayout layout, IReadOnlyList<int>? decimals, ref DataReader reader)
    {
        if (decimals is null) return null;
        int[] slots = layout.AllNumericSlots;
        if (decimals.Count != slots.Length) throw new JsonException("There are ranges of other slots.");
        var ranges = new SlotRange?[layout.RowWidth];
        float[] bounds = new float[2];
        for (int i = 0; i < slots.Length; i++)
        {
            if (decimals[i] == NoRange) continue;
            reader.Read(bounds);
            bool isRange = float.IsFinite(bounds[0]) && float.IsFinite(bounds[1]) && bounds[0] <= bounds[1];
            if (!isRange || decimals[i] is < SlotRange.NoGrid or > SlotRange.MostDecimals) throw new JsonException("A range cannot be.");
            ranges[slots[i]] = new SlotRange(bounds[0], bounds[1], decimals[i]);
        }

        return ranges;
    }
}

/// <summary>A <see cref="LatentMixture"/> in a header; the numbers are in the data.</summary>
/// <param name="Components">The number of components.</param>
/// <param name="Dimension">k.</param>
[method: JsonConstructor]
internal sealed record MixtureHeader(int Components, int Dimension)
{
    public static MixtureHeader? Of(LatentMixture? mixture) =>
        mixture is null ? null : new MixtureHeader(mixture.Weights.Length, mixture.Dimension);

    /// <exception cref="JsonException">There are no components or no dimensions.</exception>
    [JsonIgnore]
    public long DataLength => Components > 0 && Dimension is > 0 and <= Vae.Options.VaeOptions.MostMixedDimensions
        ? sizeof(double) * (long)Components * (1 + Dimension + LowerTriangle.Length(Dimension))
        : throw new JsonException("The mixture has a shape that cannot be.");

    public static void Write(LatentMixture? mixture, DataWriter writer)
    {
        if (mixture is null) return;
        writer.Write(mixture.Weights);
        writer.Write(mixture.Means);
        writer.Write(mixture.Factors);
    }

    /// <exception cref="JsonException">There is no such mixture.</exception>
    public LatentMixture Read(int latentDimension, ref DataReader reader)
    {
        if (Dimension != latentDimension) throw new JsonException("The mixture has other dimensions than the model.");
        var weights = new double[Components];
        var means = new double[Components * Dimension];
        var factors = new double[Components * LowerTriangle.Length(Dimension)];
        reader.Read(weights);
        reader.Read(means);
        reader.Read(factors);
        return LatentMixture.Create(Dimension, weights, means, factors)
            ?? throw new JsonException("The mixture has weights, means or covariances that cannot be.");
    }
}

/// <summary>A <see cref="DependentNoise"/> as data of a file; the header has its number of slots.</summary>
internal static class DependentNoiseData
{
    /// <exception cref="JsonException">There cannot be so many slots.</exception>
    public static long Length(int? slots) => slots switch
    {
        null => 0,
        > 0 and <= DependentNoise.MostSlots => sizeof(double) * LowerTriangle.Length(slots.Value),
        _ => throw new JsonException("The noise has a number of slots that cannot be."),
    };

    /// <exception cref="JsonException">There is no such noise.</exception>
    public static DependentNoise? Read(FeatureLayout layout, int? slots, ref DataReader reader)
    {
        if (slots is null) return null;
        if (slots != layout.SlotCount) throw new JsonException("The noise is that of another number of slots.");
        var factor = new double[LowerTriangle.Length(slots.Value)];
        reader.Read(factor);
        return DependentNoise.Create(layout, factor) ?? throw new JsonException("The noise has a covariance that cannot be.");
    }
}
