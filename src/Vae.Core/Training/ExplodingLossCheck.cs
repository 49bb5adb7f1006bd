using Vae.Data;
using Vae.History;
using Vae.Options;

namespace Vae.Training;

/// <summary>
/// Tells whether an epoch has diverged. A learning rate that is much too high seldom gives NaN, because Adam's steps are bounded, but
/// weights so large that the loss is many times that of a model which knows nothing: one that expects every value to be the mean and every
/// posterior to be the prior.
/// </summary>
/// <param name="layout">What the slots of a row mean.</param>
/// <param name="options">The objective.</param>
/// <param name="training">The training rows.</param>
/// <param name="heldOut">The held-out rows.</param>
internal sealed class ExplodingLossCheck(FeatureLayout layout, VaeOptions options, JudgedRows training, JudgedRows heldOut)
{
    /// <summary>
    /// How many times the loss of a model that knows nothing: about an error of ten standard deviations in every value of the whole epoch.
    /// </summary>
    private const double Factor = 100;

    /// <summary>
    /// How many rows of the first epoch may have a log-variance at its upper clamp: noise and dropout bring some there while the weights
    /// are still random, and in a small table they outweigh all others.
    /// </summary>
    private const double ClampedRows = 4;

    private readonly int _numericSlots = layout.NumericSlots.Length;

    /// <summary>What is wrong with the losses of an epoch, or null.</summary>
    /// <param name="metrics">The epoch.</param>
    /// <param name="first">The first epoch, whose loss says where training started; null if it is this one.</param>
    public string? Find(EpochMetrics metrics, EpochMetrics? first) =>
        Find("the loss", metrics.Loss, first?.Loss, metrics.NoiseScale, training)
        ?? Find("the loss of the held-out rows", metrics.ValidationLoss, first?.ValidationLoss, metrics.NoiseScale, heldOut);

    private string? Find(string name, double loss, double? first, double noiseScale, JudgedRows rows)
    {
        if (rows.Count == 0) return null;
        if (!double.IsFinite(loss)) return $"{name} became infinite or NaN";
        double factor = first is null ? Math.Max(Factor, ClampedRows * Math.Exp(VaeOptions.LargestLogVariance) / rows.Count) : Factor;
        bool IsTooHigh(double numericSquares) => loss > factor * Math.Max(Uninformed(noiseScale, numericSquares), first ?? 0);
        return IsTooHigh(_numericSlots) && IsTooHigh(rows.NumericSquares())
            ? FormattableString.Invariant($"{name} rose to {loss:g3}, over {factor:0} times that of a model that has learned nothing")
            : null;
    }

    /// <summary>
    /// About the loss per row of a model that knows nothing, generously: ½x²/s² + 1 for a numeric slot, 1 for another and for a latent
    /// dimension, ½x² for a posterior whose mean is as far out as an outlier, and what the regularizer asks of one that is the prior.
    /// </summary>
    private double Uninformed(double noiseScale, double numericSquares)
    {
        double scale = options.NoiseScale is FixedNoiseScale given ? given.Scale : Math.Min(1, noiseScale);
        double numeric = _numericSlots > 0 ? _numericSlots + 0.5 * numericSquares / (scale * scale) : 0;
        double reconstruction = options.ReconstructionWeight * (numeric + layout.SlotCount - _numericSlots);
        double outliers = Math.Max(0, numericSquares - _numericSlots);
        double latent = Math.Max(1, options.Regularizer.LargestWeight) * (options.LatentDimension + 0.5 * outliers);
        return reconstruction + latent + options.Regularizer.AtPrior(options.LatentDimension);
    }
}

/// <summary>What the losses of some rows are measured by.</summary>
/// <param name="Count">The number of rows.</param>
/// <param name="NumericSquares">
/// The sum over the numeric slots of the mean square of their standardized values: their number, or more where outliers had no part in the
/// scale. It is asked for only where the number does not explain a loss.
/// </param>
internal readonly record struct JudgedRows(long Count, Func<double> NumericSquares);
