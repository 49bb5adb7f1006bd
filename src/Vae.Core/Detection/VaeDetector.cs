using Vae.Data;
using Vae.Inference;
using Vae.Training;

namespace Vae.Detection;

/// <summary>
/// A trained VAE with scores of rows that it has not seen, so that alarms come with a guarantee: of rows that are exchangeable with the
/// normal rows it was calibrated on, at most a part <see cref="FalseAlarmRate"/> is called anomalous, on average over calibrations.
/// Immutable and thread-safe.
/// </summary>
public sealed partial class VaeDetector
{
    private readonly DetectorPart[] _parts;

    internal VaeDetector(double falseAlarmRate, DetectorPart[] parts)
    {
        FalseAlarmRate = falseAlarmRate;
        _parts = parts;
        Models = Array.ConvertAll(parts, part => part.Model);
        CalibrationRows = parts.Sum(part => part.Calibration.Scores.Length);
        ScratchLength = Models.Max(DetectorPart.ScratchLength);
    }

    /// <summary>What the slots of a row mean.</summary>
    public FeatureLayout Layout => Models[0].Layout;

    /// <summary>The models: one, or one per calibration fold.</summary>
    public IReadOnlyList<VaeModel> Models { get; }

    /// <summary>α, the probability of an alarm on a normal row.</summary>
    public double FalseAlarmRate { get; }

    /// <summary>The number of calibration scores: p-values are multiples of 1/(this + 1).</summary>
    public int CalibrationRows { get; }

    internal IReadOnlyList<DetectorPart> Parts => _parts;

    /// <summary>The floats that <see cref="Detect(ReadOnlySpan{float}, long, Span{float})"/> needs as scratch memory.</summary>
    internal int ScratchLength { get; }

    /// <summary>Trains and calibrates a detector.</summary>
    /// <param name="trainer">What trains the model.</param>
    /// <param name="rows">
    /// The rows, in original units; read several times, always in the same order. A row of weight 0 neither trains nor calibrates.
    /// </param>
    /// <param name="options">What to train and how; null for the defaults.</param>
    /// <param name="context">
    /// Progress, cancellation and resources; null for none of them and the usual resources. The short trainings of
    /// <see cref="DetectionOptions.Trim"/> report no progress and write no checkpoints; each further fold has a checkpoint file of its own,
    /// with its number behind the name.
    /// </param>
    /// <exception cref="ArgumentException">
    /// An option or a row is not valid, or the rows are too few for an alarm at the false alarm rate; the message says what is needed.
    /// </exception>
    /// <inheritdoc cref="IVaeTrainer.Train" path="/exception"/>
    public static VaeDetector Train(
        IVaeTrainer trainer, IFeatureRows rows, DetectionOptions? options = null, TrainingContext? context = null)
    {
        ArgumentNullException.ThrowIfNull(trainer);
        ArgumentNullException.ThrowIfNull(rows);
        options ??= new DetectionOptions();
        options.Validate();
        return new DetectorTraining(trainer, rows, options, context ?? new TrainingContext()).Run();
    }

    /// <summary>Scores rows and says which are anomalies.</summary>
    /// <param name="rows">n rows of <see cref="FeatureLayout.RowWidth"/> values in original units, NaN where missing.</param>
    /// <param name="detections">Receives n results.</param>
    /// <exception cref="ArgumentException">
    /// A span has the wrong length, or a row is not valid (the message names the slot and the row).
    /// </exception>
    public void Detect(ReadOnlySpan<float> rows, Span<RowDetection> detections)
    {
        int width = Layout.RowWidth;
        if (rows.Length != (long)detections.Length * width)
        {
            throw new ArgumentException(
                $"{rows.Length} values are not the {detections.Length} rows of {width} slots that there are results for.", nameof(rows));
        }

        using var scratch = new Scratch<float>(ScratchLength);
        for (int row = 0; row < detections.Length; row++)
            detections[row] = Detect(rows.Slice(row * width, width), row, scratch.Values);
    }

    /// <summary>The same for one row, in scratch memory of the caller's.</summary>
    internal RowDetection Detect(ReadOnlySpan<float> row, long number, Span<float> scratch)
    {
        float score = 0;
        float divergence = 0;
        int count = 0;
        foreach (var part in _parts)
        {
            var (own, ownDivergence) = DetectorPart.Score(part.Model, part.Known, row, number, scratch);
            score += own / _parts.Length;
            divergence += ownDivergence / _parts.Length;
            count += part.Calibration.CountAtLeast(own);
        }

        return new RowDetection(
            score, divergence, AlarmRule.PValue(count, CalibrationRows), AlarmRule.IsAlarm(count, CalibrationRows, FalseAlarmRate));
    }
}
