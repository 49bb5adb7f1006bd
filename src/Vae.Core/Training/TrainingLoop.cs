using Vae.Diagnostics;
using Vae.History;
using Vae.Networks;
using Vae.Options;
using Vae.Training.Checkpoints;
using Vae.Training.Engines;
using Vae.Training.Rows;

namespace Vae.Training;

/// <summary>The epochs of a training, whatever engine computes the steps: order, schedules, validation, early stopping, history, model.</summary>
internal sealed class TrainingLoop
{
    private const int RowsForDiagnosis = 20_000;

    private readonly VaeOptions _options;
    private readonly TrainingContext _context;
    private readonly TrainingTable _table;
    private readonly ITrainingEngine _engine;
    private readonly TrainingState _state;
    private readonly ExplodingLossCheck _divergence;
    private readonly CheckpointKeeper? _checkpoints;

    /// <param name="options">Validated options.</param>
    /// <param name="context">Progress, snapshots, cancellation and checkpoints.</param>
    /// <param name="session">The rows, and the weights that training starts from; receives the best ones.</param>
    /// <param name="engine">Computes; starts from the weights of the session.</param>
    public TrainingLoop(VaeOptions options, TrainingContext context, TrainingSession session, ITrainingEngine engine)
    {
        _options = options;
        _context = context;
        _table = session.Table;
        _engine = engine;
        _state = new TrainingState(session.Parameters);
        _divergence = new ExplodingLossCheck(_table.Layout, options, _table.TrainingRows, _table.NumericSquares());
        if (context.Checkpoints is not { } settings) return;
        var fingerprint = Fingerprint.Of(session.Fingerprinted!, _table.Standardization, session.Parameters, options, engine.Name);
        _checkpoints = new CheckpointKeeper(settings, fingerprint, options, engine);
    }

    /// <summary>Trains to the end.</summary>
    public VaeModel Run()
    {
        try
        {
            int done = _checkpoints?.Resume(_state) ?? 0;
            for (int epoch = done; epoch < _options.Epochs && !_state.StoppedEarly; epoch++)
            {
                var metrics = RunEpoch(epoch);
                if (FindDivergence(metrics) is { } problem) throw Diverged(metrics.Epoch, problem);
                Take(metrics);
                _checkpoints?.EpochEnded(_state);
                _context.Snapshots?.Report(Snapshot());
                _context.Progress?.Report(metrics);
            }
        }
        catch (OperationCanceledException) when (_context.CancellationBehavior == CancellationBehavior.ReturnBestModel && _state.BestEpoch > 0)
        {
            _state.Cancelled = true;
            return BuildModel();
        }

        var model = BuildModel();
        _checkpoints?.TrainingEnded();
        return model;
    }

    /// <summary>
    /// Keeps the weights if they are the best so far. While the schedules move, epochs cannot be compared, and the last one is the best.
    /// </summary>
    private void Take(EpochMetrics metrics)
    {
        bool settled = metrics.Epoch > _options.RegularizerSchedule.SettledAfter(_options.Epochs);
        if (!settled || _table.ValidationRows == 0 || metrics.ValidationLoss < _state.BestLoss)
        {
            // The losses of an epoch were computed before its last step.
            _engine.Save(_state.Candidate);
            if (!_state.Candidate.AreFinite) throw Diverged(metrics.Epoch, "a weight became infinite or NaN");
            if (settled) _state.BestLoss = metrics.ValidationLoss;
            _state.TakeCandidate(metrics.Epoch);
        }
        else if (_options.EarlyStopping && metrics.Epoch - _state.BestEpoch >= _options.EarlyStoppingPatience)
        {
            _state.StoppedEarly = true;
        }

        _state.Epochs.Add(metrics);
    }

    private EpochMetrics RunEpoch(int epoch)
    {
        _table.BeginEpoch(epoch);
        long trained = 0;
        double factor = 0;
        double rate = 0;
        while (_table.NextBlock() is { } block)
        {
            _engine.BeginBlock(block);
            int batches = (block.Count + _options.BatchSize - 1) / _options.BatchSize;
            for (int batch = 0; batch < batches; batch++)
            {
                _context.CancellationToken.ThrowIfCancellationRequested();
                int first = (int)((long)block.Count * batch / batches);
                int count = (int)((long)block.Count * (batch + 1) / batches) - first;
                double time = epoch + (double)trained / _table.TrainingRows;
                factor = _options.RegularizerSchedule.FactorAt(time, _options.Epochs);
                rate = _options.LearningRateAt(time);
                _engine.Step(first, count, new StepSettings(_state.Step++, rate, factor));
                trained += count;
            }
        }

        var training = _engine.TakeLosses();
        var validation = Validate();
        return new EpochMetrics
        {
            Epoch = epoch + 1,
            Epochs = _options.Epochs,
            Loss = training.Loss / training.Rows,
            Reconstruction = training.Reconstruction / training.Rows,
            KullbackLeibler = training.KullbackLeibler / training.Rows,
            RegularizerFactor = factor,
            NoiseScale = _engine.NoiseScale,
            LearningRate = rate,
            ValidationLoss = validation.Loss / validation.Rows,
            ValidationReconstruction = validation.Reconstruction / validation.Rows,
            ValidationKullbackLeibler = validation.KullbackLeibler / validation.Rows,
        };
    }

    private LossSums Validate()
    {
        var sums = default(LossSums);
        long first = 0;
        _table.BeginValidation();
        while (_table.NextBlock() is { } block)
        {
            sums += _engine.Evaluate(block, first);
            first += block.Count;
        }

        return sums;
    }

    private string? FindDivergence(EpochMetrics metrics) =>
        _divergence.Find(metrics, _state.Epochs.FirstOrDefault()) ?? (_table.ValidationRows > 0 && !double.IsFinite(metrics.ValidationLoss) ? "the loss of the held-out rows became infinite or NaN" : null);

    private TrainingDivergedException Diverged(int epoch, string problem)
    {
        string clipping = double.IsFinite(_options.GradientClipNorm)
            ? FormattableString.Invariant($"a {nameof(VaeOptions.GradientClipNorm)} below {_options.GradientClipNorm}")
            : $"a finite {nameof(VaeOptions.GradientClipNorm)}";
        string advice = FormattableString.Invariant($"Try a {nameof(VaeOptions.LearningRate)} below {_options.LearningRate}, {clipping}, and look for extreme values in the data.");
        return new TrainingDivergedException($"Training diverged: {problem} in epoch {epoch} of {_options.Epochs}. {advice}", BuildModel(), History());
    }

    private VaeModel Snapshot()
    {
        var current = new VaeParameters(_state.Best.Shape);
        _engine.Save(current);
        return BuildModel(current, History() with { BestEpoch = _state.Epochs.Count });
    }

    private VaeModel BuildModel() => BuildModel(_state.Best, History());

    private VaeModel BuildModel(VaeParameters parameters, TrainingHistory history)
    {
        var model = new VaeModel(_table.Layout, _options, _table.Standardization, parameters, history, null);
        bool heldOut = _table.ValidationRows > 0;
        return model.With(DiagnosisBuilder.Build(model, _table.RowsForDiagnosis(RowsForDiagnosis), heldOut, history));
    }

    private TrainingHistory History() => new()
    {
        Epochs = [.. _state.Epochs],
        BestEpoch = _state.BestEpoch,
        StoppedEarly = _state.StoppedEarly,
        Cancelled = _state.Cancelled,
        TrainingRows = _table.TrainingRows,
        ValidationRows = _table.ValidationRows,
        Trainer = _engine.Name,
    };
}
