using Vae.Data;
using Vae.Options;
using Vae.Training;
using Vae.Training.Rows;

namespace Vae.Detection;

/// <summary>One training and calibration of a detector.</summary>
internal sealed class DetectorTraining(IVaeTrainer trainer, IFeatureRows rows, DetectionOptions options, TrainingContext context)
{
    private readonly VaeOptions _model = options.Model.BeginningAt(InitialWeightsKind.Random);

    private int _count;

    /// <summary>Trains each part without the rows that calibrate it.</summary>
    public VaeDetector Run()
    {
        _model.ValidateForTraining();
        context.Validate();
        var plan = new CalibrationPlan(ReadUsed(), options, (ulong)_model.Seed);
        var parts = new DetectorPart[plan.Parts];
        for (int i = 0; i < parts.Length; i++)
        {
            int part = i;
            var kept = Trim(row => plan.Trains(part, row), out var model);
            model ??= trainer.Train(new SelectedRows(rows, kept), _model, ContextOf(part));
            var known = KnownCategories.Of(rows.Layout, action => ForEach(kept, action));
            parts[i] = new DetectorPart(model, known, Calibrate(model, known, row => plan.Calibrates(part, row)));
        }

        return new VaeDetector(options.FalseAlarmRate, parts);
    }

    /// <summary>Reads the table once, checks each row while its number is known, and finds those of weight 0.</summary>
    private List<bool> ReadUsed()
    {
        var preparation = new RowPreparation(rows.Layout);
        var clean = new float[rows.Layout.RowWidth];
        var used = new List<bool>();
        ForEach(_ => true, (row, weight, number) =>
        {
            row.CopyTo(clean);
            preparation.Clean(clean, number);
            RowTable.CheckWeight(weight, number);
            used.Add(weight > 0);
        });
        _count = used.Count;
        return used;
    }

    /// <summary>Leaves out the rows that score highest, in short trainings each of which is without those of the one before.</summary>
    /// <param name="trains">The rows to choose from.</param>
    /// <param name="model">The model, if training was cancelled and this is the best so far; otherwise null.</param>
    private Predicate<int> Trim(Predicate<int> trains, out VaeModel? model)
    {
        model = null;
        var kept = trains;
        if (options.Trim == 0) return kept;
        var brief = _model with { Epochs = Math.Max(1, _model.Epochs / DetectionOptions.TrimEpochs) };
        var quiet = context with { Progress = null, Snapshots = null, Warnings = null, Checkpoints = null };
        for (int round = 0; round < DetectionOptions.TrimRounds; round++)
        {
            var trained = trainer.Train(new SelectedRows(rows, kept), brief, quiet);
            if (trained.History.Cancelled)
            {
                model = trained;
                break;
            }

            float[] scores = Scores(trained, new KnownCategories(rows.Layout), trains);
            float bound = Quantile(Observed(scores), 1 - options.Trim);
            kept = row => scores[row] <= bound;
        }

        return kept;
    }

    private ConformalCalibration Calibrate(VaeModel model, KnownCategories known, Predicate<int> calibrates) =>
        new(Observed(Scores(model, known, calibrates)), options.Contamination);

    /// <summary>The scores of some rows, by number, and NaN for the others.</summary>
    private float[] Scores(VaeModel model, KnownCategories known, Predicate<int> selected)
    {
        float[] scores = new float[_count];
        Array.Fill(scores, float.NaN);
        float[] scratch = new float[DetectorPart.ScratchLength(model)];
        ForEach(selected, (row, _, number) => scores[number] = DetectorPart.Score(model, known, row, number, scratch).Score);
        return scores;
    }

    private static float[] Observed(float[] scores) => Array.FindAll(scores, score => !float.IsNaN(score));

    private void ForEach(Predicate<int> selected, NumberedRowAction action) =>
        new SelectedRows(rows, selected).ForEach(action, context.CancellationBehavior == CancellationBehavior.Throw
            ? context.CancellationToken : CancellationToken.None);

    private TrainingContext ContextOf(int part) => part == 0 || context.Checkpoints is not { } checkpoints
        ? context
        : context with { Checkpoints = checkpoints with { Path = FormattableString.Invariant($"{checkpoints.Path}.{part + 1}") } };

    private static float Quantile(float[] values, double part)
    {
        Array.Sort(values);
        return values[Math.Max(0, (int)Math.Ceiling(part * values.Length) - 1)];
    }
}
