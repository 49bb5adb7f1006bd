using Vae.Options;
using static Vae.Options.OptionCheck;

namespace Vae.Detection;

/// <summary>Everything that can be chosen about a <see cref="VaeDetector"/>.</summary>
public sealed record DetectionOptions
{
    /// <summary>The options of the model and its training.</summary>
    public VaeOptions Model { get; init; } = new();

    /// <summary>α, the probability of an alarm on a normal row; between 0 and 1.</summary>
    public double FalseAlarmRate { get; init; } = Defaults.FalseAlarmRate;

    /// <summary>
    /// c, the part of the rows that may be anomalies, in [0, 0.5). So many of the highest calibration scores are left out, for otherwise
    /// anomalies among the calibration rows hide others. At 0, with a part a of anomalies there, the false alarm rate is at most α/(1 − a)
    /// wherever they score, and below α where they score high. With c above 0 it is at most α where a = c and anomalies score higher than
    /// normal rows, and at most α + c where there are none.
    /// </summary>
    public double Contamination { get; init; }

    /// <summary>
    /// The part of the training rows that is left out as unlikely to be normal, in [0, 0.5]: in <see cref="TrimRounds"/> short trainings,
    /// each without the rows that scored highest in the one before. Without it the model learns the anomalies among its training rows, too.
    /// 0 trains on all rows at once, which is quicker and as good where all are normal.
    /// </summary>
    public double Trim { get; init; } = Defaults.Trim;

    /// <summary>The part of the rows that calibrates the scores and is kept from training, in (0, 0.9].</summary>
    public double CalibrationFraction { get; init; } = Defaults.CalibrationFraction;

    /// <summary>
    /// 1 calibrates on rows that no model has seen. K ≥ 2 trains a model without each K-th of the rows, which calibrates it
    /// (cross-conformal): all rows calibrate, and the detector holds K models; the false alarm rate is near α but only guaranteed to be
    /// below 2α (and a term that vanishes with the rows). null is 1, or 5 where the rows are too few for a split.
    /// </summary>
    public int? CalibrationFolds { get; init; }

    /// <summary>The number of the short trainings of <see cref="Trim"/>.</summary>
    internal const int TrimRounds = 3;

    /// <summary>One epoch of a short training for so many of the real one.</summary>
    internal const int TrimEpochs = 5;

    /// <summary>Checks every option.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range; the message names it.</exception>
    public void Validate()
    {
        Require(FalseAlarmRate is > 0 and < 1, FalseAlarmRate, "must be in (0, 1)");
        Require(Contamination is >= 0 and < 0.5, Contamination, "must be in [0, 0.5)");
        Require(Trim is >= 0 and <= 0.5, Trim, "must be in [0, 0.5]");
        Require(CalibrationFraction is > 0 and <= 0.9, CalibrationFraction, "must be in (0, 0.9]");
        if (CalibrationFolds is { } folds) Between(folds, 1, 100, nameof(CalibrationFolds));
        ArgumentNullException.ThrowIfNull(Model);
        Model.Validate();
    }

    /// <summary>The defaults that are repeated elsewhere.</summary>
    public static class Defaults
    {
        /// <summary>The default of <see cref="DetectionOptions.FalseAlarmRate"/>.</summary>
        public const double FalseAlarmRate = 0.01;

        /// <summary>The default of <see cref="DetectionOptions.Trim"/>.</summary>
        public const double Trim = 0.3;

        /// <summary>The default of <see cref="DetectionOptions.CalibrationFraction"/>.</summary>
        public const double CalibrationFraction = 0.2;
    }
}
