using Vae.Data;

namespace Vae.Explanation;

/// <summary>A row feature by feature: what is there, what is expected, and how much of the score it makes up.</summary>
public sealed class RowDescription
{
    /// <summary>The probability of the intervals unless another is asked for.</summary>
    public const double DefaultLevel = 0.9;

    /// <summary>The number of reasons unless another is asked for.</summary>
    public const int DefaultReasons = 3;

    internal RowDescription(
        float score, float kullbackLeibler, IReadOnlyList<FeatureDescription> features, IReadOnlyList<FeatureDescription> reasons)
    {
        Reasons = reasons;
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
    /// The surprising values, one after the other: the first is the one whose expected value would lower the score most, the next is that
    /// of the row without the first, and so on, until none is surprising. So a wrong value does not make others look wrong.
    /// </summary>
    public IReadOnlyList<FeatureDescription> Reasons { get; }

    /// <summary>The score, and the reasons in words.</summary>
    public override string ToString() => string.Join(
        Environment.NewLine, [FormattableString.Invariant($"Score {Score:0.00}"), .. Reasons.Select(reason => reason.ToString())]);
}

/// <summary>What one model makes of a row.</summary>
/// <param name="Score">The score.</param>
/// <param name="KullbackLeibler">The KL divergence in it.</param>
/// <param name="Features">What it makes of each feature that was asked for.</param>
internal sealed record ModelDescription(float Score, float KullbackLeibler, IReadOnlyList<FeatureExpectation> Features);
