using System.Numerics.Tensors;
using Vae.Data;

namespace Vae.Explanation;

/// <summary>
/// One value of a row beside what the model expects of it, given the other values: the row is encoded as if this value were missing, since
/// a wrong value would else draw the expectation towards itself.
/// </summary>
public sealed class FeatureDescription
{
    /// <summary>What rounding may take from a sum of probabilities.</summary>
    private const float Rounding = 1e-6f;

    internal FeatureDescription(Feature feature, ReadOnlySpan<float> row, FeatureExpectation expectation, bool isUnseen, double level)
    {
        Feature = feature;
        IsUnseen = isUnseen;
        Share = expectation.Share;
        Excess = expectation.Excess;
        Low = expectation.Low;
        High = expectation.High;
        IsMissing = !isUnseen && !feature.IsObserved(row);
        float[] expected = expectation.Expected;
        float[] probabilities = expectation.Probabilities;
        var values = feature.Of(row);
        switch (feature.Kind)
        {
            case FeatureKind.Numeric:
                (Value, Expected, Probability, ExpectedProbability) = (values[0], expected[0], float.NaN, float.NaN);
                IsSurprising = Value < Low || Value > High;
                break;
            case FeatureKind.Binary:
                float yes = probabilities[0];
                (Value, Expected) = (values[0], expected[0] > 0.5f ? 1 : 0);
                (Probability, ExpectedProbability) = (IsMissing ? float.NaN : Value == 1 ? yes : 1 - yes, Expected == 1 ? yes : 1 - yes);
                IsSurprising = Probability <= 1 - level + Rounding && Value != Expected;
                break;
            default:
                int category = values.IndexOf(1);
                int best = TensorPrimitives.IndexOfMax<float>(expected);
                (Value, Expected) = (category < 0 ? float.NaN : category, best);
                (Probability, ExpectedProbability) =
                    (isUnseen ? 0 : category < 0 ? float.NaN : probabilities[category], probabilities[best]);
                float moreProbable = probabilities.Where(probability => probability > Probability).Sum();
                IsSurprising = isUnseen || (moreProbable >= level - Rounding && category != best);
                break;
        }
    }

    /// <summary>The feature.</summary>
    public Feature Feature { get; }

    /// <summary>
    /// The number; 1 or 0 for yes or no; the index of the category in <see cref="Feature.Categories"/>. NaN where the value is missing, and
    /// for a category that training did not see and that has no slot.
    /// </summary>
    public float Value { get; }

    /// <summary>Whether there is no value. Its <see cref="Share"/> and <see cref="Excess"/> are 0, and it is never a reason.</summary>
    public bool IsMissing { get; }

    /// <summary>Whether the value is a category that training did not see; only a detector knows.</summary>
    public bool IsUnseen { get; }

    /// <summary>The number that is expected; 1 or 0 for yes or no; the index of the most probable category.</summary>
    public float Expected { get; }

    /// <summary>
    /// Where the interval begins that holds the number with the probability that was asked for, in original units, by the decoder's
    /// distribution and the posterior's spread; NaN if the feature is no number.
    /// </summary>
    public float Low { get; }

    /// <summary>Where the interval ends; NaN if the feature is no number.</summary>
    public float High { get; }

    /// <summary>
    /// The probability of the category, or of the yes or no, that is there, over the posterior; NaN where it is missing, and for numbers.
    /// </summary>
    public float Probability { get; }

    /// <summary>The probability of <see cref="Expected"/>; NaN for numbers.</summary>
    public float ExpectedProbability { get; }

    /// <summary>
    /// The feature's part of the score, in nats: the terms of its slots, and what an unseen category costs. All shares and the KL
    /// divergence add up to the score.
    /// </summary>
    public float Share { get; }

    /// <summary>
    /// How much lower the score would be, in nats, if the value were the expected one. It may be negative. For a reason, or a part of a
    /// repair, it is meant with the expected values in the place of those that were found wrong before, or besides.
    /// </summary>
    public float Excess { get; }

    /// <summary>
    /// Whether the value is outside its interval; of categories, whether those that are more probable have the interval's probability.
    /// </summary>
    public bool IsSurprising { get; }

    /// <summary>"Amount is 9,950, expected 87 to 140", or "Housing is 'rent', expected 'own' (0.93)", whatever the culture.</summary>
    public override string ToString() => DescriptionText.Of(this);
}
