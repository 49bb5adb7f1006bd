using Vae.Data;

namespace Vae.Explanation;

/// <summary>A row feature by feature: what is there, what is expected, and how much of the score it makes up.</summary>
public sealed class RowDescription
{
    /// <summary>The probability of the intervals unless another is asked for.</summary>
    public const double DefaultLevel = 0.9;

    /// <summary>The number of reasons unless another is asked for.</summary>
    public const int DefaultReasons = 3;

    internal RowDescription(float score, float kullbackLeibler, IReadOnlyList<FeatureDescription> features)
    {
        Score = score;
        KullbackLeibler = kullbackLeibler;
        Features = features;
    }

    /// <summary>How unusual the row is, in nats: the shares of all features, and the KL divergence.</summary>
    public float Score { get; }

    /// <summary>The KL divergence in the score: how far out the row is as a whole, which no single feature is to blame for.</summary>
    public float KullbackLeibler { get; }

    /// <summary>The features in the order of <see cref="FeatureLayout.Features"/>.</summary>
    public IReadOnlyList<FeatureDescription> Features { get; }

    /// <summary>
    /// The surprising features, those first whose expected value would lower the score most; without those where it would not be lower.
    /// </summary>
    /// <param name="top">The largest number of them.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="top"/> is negative.</exception>
    public IReadOnlyList<FeatureDescription> Reasons(int top = DefaultReasons)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(top);
        return
        [
            .. Features.Where(feature => feature.IsSurprising && feature.Excess > 0).OrderByDescending(feature => feature.Excess).Take(top),
        ];
    }

    /// <summary>The score, and the reasons in words.</summary>
    public override string ToString() => string.Join(
        Environment.NewLine, [FormattableString.Invariant($"Score {Score:0.00}"), .. Reasons().Select(reason => reason.ToString())]);

    /// <summary>The mean of what the models of a detector, or the one model, make of a row.</summary>
    /// <param name="row">The row in original units.</param>
    /// <param name="features">The features that were described.</param>
    /// <param name="isUnseen">Whether a feature's value was never in training.</param>
    /// <param name="parts">What each model makes of the row.</param>
    /// <param name="level">The probability of the intervals.</param>
    internal static RowDescription Of(
        ReadOnlySpan<float> row, IReadOnlyList<Feature> features, Func<Feature, bool> isUnseen, IReadOnlyList<ModelDescription> parts,
        double level)
    {
        var descriptions = new FeatureDescription[features.Count];
        for (int i = 0; i < descriptions.Length; i++)
        {
            var mean = FeatureExpectation.Mean([.. parts.Select(part => part.Features[i])]);
            descriptions[i] = new FeatureDescription(features[i], row, mean, isUnseen(features[i]), level);
        }

        return new RowDescription(parts.Average(part => part.Score), parts.Average(part => part.KullbackLeibler), descriptions);
    }
}

/// <summary>What one model makes of a row.</summary>
/// <param name="Score">The score.</param>
/// <param name="KullbackLeibler">The KL divergence in it.</param>
/// <param name="Features">What it makes of each feature that was asked for.</param>
internal sealed record ModelDescription(float Score, float KullbackLeibler, IReadOnlyList<FeatureExpectation> Features);
