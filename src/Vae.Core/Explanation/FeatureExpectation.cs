using System.Numerics.Tensors;
using Vae.Data;

namespace Vae.Explanation;

/// <summary>What one model makes of one feature of a row.</summary>
/// <param name="Expected">
/// What the other values of the row let expect, by slot of the feature: a number in original units, or probabilities at the posterior's
/// mean.
/// </param>
/// <param name="Probabilities">The probabilities over the whole posterior (of categories they add up to 1); empty for a number.</param>
/// <param name="Low">Where the interval of a number begins; NaN if it is none.</param>
/// <param name="High">Where it ends.</param>
/// <param name="Share">The feature's part of the score, in nats.</param>
/// <param name="Excess">How much lower the score would be with the expected value, in nats.</param>
internal sealed record FeatureExpectation(float[] Expected, float[] Probabilities, float Low, float High, float Share, float Excess)
{
    /// <summary>The mean of what several models make of the same feature.</summary>
    public static FeatureExpectation Mean(IReadOnlyList<FeatureExpectation> parts)
    {
        if (parts.Count == 1) return parts[0];
        float[] expected = [.. parts[0].Expected.Select((_, slot) => parts.Average(part => part.Expected[slot]))];
        float[] probabilities = [.. parts[0].Probabilities.Select((_, slot) => parts.Average(part => part.Probabilities[slot]))];
        return new FeatureExpectation(
            expected, probabilities, parts.Average(part => part.Low), parts.Average(part => part.High), parts.Average(part => part.Share),
            parts.Average(part => part.Excess));
    }

    /// <summary>Puts what is expected of a feature, by slot of the row, into a row: the number, or the most probable category.</summary>
    public static void Fill(Feature feature, ReadOnlySpan<float> expected, Span<float> row)
    {
        var values = feature.Of(row);
        var own = feature.Of(expected);
        if (feature.Kind == FeatureKind.Numeric)
        {
            values[0] = own[0];
            return;
        }

        if (feature.Kind == FeatureKind.Binary)
        {
            values[0] = own[0] > 0.5f ? 1 : 0;
            return;
        }

        values.Clear();
        values[TensorPrimitives.IndexOfMax(own)] = 1;
    }
}
