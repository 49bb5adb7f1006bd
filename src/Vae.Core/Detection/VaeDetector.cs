using Vae.Data;
using Vae.Explanation;
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

    /// <summary>
    /// Says why a row is as unusual as it is, as <see cref="VaeModel.Describe(ReadOnlySpan{float}, int, double)"/> does, with what
    /// categories cost that training did not see. With several models it is the mean of what they say.
    /// </summary>
    /// <inheritdoc cref="VaeModel.Describe(ReadOnlySpan{float}, int, double)"/>
    public RowDescription Describe(
        ReadOnlySpan<float> row, int reasons = RowDescription.DefaultReasons, double level = RowDescription.DefaultLevel)
    {
        CheckRow(row);
        return Describe(row.ToArray(), -1, reasons, level);
    }

    /// <summary>
    /// Finds the smallest set of features without which a row is normal (its p-value is above <see cref="FalseAlarmRate"/>): the row is
    /// encoded as if they were missing, and what the others let expect is put in their place.
    /// </summary>
    /// <param name="row">A row in original units, NaN where missing; conditions are never changed.</param>
    /// <param name="pValue">
    /// What the p-value of the repaired row has to be above, in [0, 1); null for <see cref="FalseAlarmRate"/>. A higher one also finds
    /// wrong values that would not have given an alarm by themselves, and takes more right ones for wrong.
    /// </param>
    /// <returns>
    /// What to change: nothing if the row is no anomaly. One or two features are the best there are (of pairs, those are tried that lower
    /// the score most one by one, 32 features of them); further ones are added one by one, each that lowers the score most, and those are
    /// put back that turn out not to be needed. At most half of the row's values are removed, and at most 16: where that is not enough, the
    /// repair says so, and has what lowers the score most.
    /// </returns>
    /// <exception cref="ArgumentException">The span has the wrong length, or the row is not valid (the message names the slot).</exception>
    public RowRepair Repair(ReadOnlySpan<float> row, double? pValue = null)
    {
        CheckRow(row);
        return Repair(row, -1, CheckRepair(pValue));
    }

    /// <summary>The p-value that a repaired row has to be above.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not in its range.</exception>
    internal double CheckRepair(double? pValue) => pValue is null or (>= 0 and < 1)
        ? pValue ?? FalseAlarmRate
        : throw new ArgumentOutOfRangeException(nameof(pValue), pValue, "The p-value must be in [0, 1).");

    /// <summary>Repairs a row that has a number.</summary>
    internal RowRepair Repair(ReadOnlySpan<float> row, long number, double pValue) =>
        new RepairSearch(this, row.ToArray(), pValue).Run(number);

    /// <summary>Describes a row that has a number.</summary>
    internal RowDescription Describe(float[] row, long number, int reasons, double level)
    {
        DescriptionRequest.CheckLevel(level);
        return Description.Of(row, Layout.Features, ForReasons(row, number, level), reasons, DescribeWith(number));
    }

    /// <summary>The reasons alone, which is quicker.</summary>
    internal List<FeatureDescription> Reasons(float[] row, long number, int count) =>
        Description.Reasons(row, ForReasons(row, number, RowDescription.DefaultLevel), count, DescribeWith(number));

    /// <summary>Describes some features of a row.</summary>
    internal FeatureDescription[] Describe(float[] row, long number, DescriptionRequest request) =>
        Description.Features(row, request, DescribeWith(number));

    private DescriptionRequest ForReasons(float[] row, long number, double level) => Models[0].Describer.ForReasons(row, number, level);

    private DescribeFeatures DescribeWith(long number) => (row, request) =>
    {
        var descriptions = new List<ModelDescription>(_parts.Length);
        float[] copy = new float[row.Length];
        float[] costs = new float[row.Length];
        bool[] isUnseen = [.. Enumerable.Repeat(true, row.Length)];
        foreach (var part in _parts)
        {
            row.CopyTo(copy, 0);
            Array.Clear(costs);
            part.Known.Replace(copy, costs);
            for (int slot = 0; slot < costs.Length; slot++)
                isUnseen[slot] &= costs[slot] > 0;
            descriptions.Add(part.Model.Describer.Describe(copy, number, request, costs));
        }

        return (descriptions, isUnseen);
    };

    /// <summary>Scores one row, in scratch memory of the caller's.</summary>
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

    private void CheckRow(ReadOnlySpan<float> row)
    {
        if (row.Length == Layout.RowWidth) return;
        throw new ArgumentException($"The span has {row.Length} values; a row needs {Layout.RowWidth}.", nameof(row));
    }
}
