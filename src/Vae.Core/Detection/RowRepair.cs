using Vae.Explanation;

namespace Vae.Detection;

/// <summary>The features of a row that, as far as a detector can tell, are wrong, and what is expected in their place.</summary>
public sealed class RowRepair
{
    private readonly float[] _row;

    internal RowRepair(RowDetection before, RowDetection after, IReadOnlyList<FeatureDescription> features, float[] row)
    {
        Before = before;
        After = after;
        Features = features;
        _row = row;
    }

    /// <summary>What the detector says of the row as it is.</summary>
    public RowDetection Before { get; }

    /// <summary>What it says of <see cref="Row"/>.</summary>
    public RowDetection After { get; }

    /// <summary>Whether the repaired row is normal. If not, more is wrong with it than a few values.</summary>
    public bool IsSufficient => !After.IsAnomaly;

    /// <summary>
    /// The features to replace, the one first whose value would raise the score of the repaired row most: that is its
    /// <see cref="FeatureDescription.Excess"/>. What is expected, and in which interval, is said by the features that remain. Empty for a
    /// row that is no anomaly.
    /// </summary>
    public IReadOnlyList<FeatureDescription> Features { get; }

    /// <summary>The row with the expected values in the place of the wrong ones, in original units.</summary>
    public ReadOnlySpan<float> Row => _row;

    /// <summary>The features in words.</summary>
    public override string ToString() => string.Join(Environment.NewLine, Features);
}
