using Vae.History;
using Vae.Networks;
using Vae.Options;
using Vae.Training.Checkpoints;
using Vae.Training.Engines;

namespace Vae.Training;

/// <summary>The course of a training, whatever engine computes it: epochs, early stopping, best weights, checkpoints, reports.</summary>
internal sealed class TrainingLoop
{
    private readonly TrainingSession _session;
    private readonly VaeOptions _options;
    private readonly TrainingContext _context;
    private readonly ITrainingEngine _engine;
    private readonly EpochRunner _epochs;
    private readonly ExplodingLossCheck _losses;
    private readonly CheckpointKeeper? _checkpoints;
    private readonly EpochClock _clock = new(TimeProvider.System);
    private TrainingState _state;

    /// <summary>Whoever wants the best model of a cancelled training wants its diagnosis too.</summary>
    private readonly CancellationToken _diagnosisCancellation;

    /// <param name="session">The rows, and the weights that training starts from; receives the best ones.</param>
    /// <param name="engine">Computes; starts from the weights of the session.</param>
    public TrainingLoop(TrainingSession session, ITrainingEngine engine)
    {
        _session = session;
        _options = session.Options;
        _context = session.Context;
        if (_context.CancellationBehavior == CancellationBehavior.Throw) _diagnosisCancellation = _context.CancellationToken;
        _engine = engine;
        _state = new TrainingState(session.Parameters);
        _epochs = new EpochRunner(session, engine);
        var table = session.Table;
        _losses = new ExplodingLossCheck(
            table.Layout, _options,
            new JudgedRows(table.TrainingRows, () => table.NumericSquares(heldOut: false)),
            new JudgedRows(table.ValidationRows, () => table.NumericSquares(heldOut: true)));
        if (session.CheckpointFile is not { } file) return;
        var fingerprint = Fingerprint.Of(
            session.Fingerprinted!, table.Standardization, session.Parameters, _options, engine.Name, _context.UsedAnchorWeight);
        _checkpoints = new CheckpointKeeper(file, fingerprint, _options, engine);
    }

    /// <summary>Trains to the end.</summary>
    public VaeModel Run()
    {
        _session.ReportWarnings();
        try
        {
            if (_checkpoints is not null) _state = _checkpoints.Resume(_state);
            while (_state.Epochs.Count < _options.Epochs && !_state.StoppedEarly)
                RunEpoch();
        }
        catch (OperationCanceledException)
            when (_context.CancellationBehavior == CancellationBehavior.ReturnBestModel && _state.BestEpoch > 0)
        {
            _state.Cancelled = true;
            return BestModel();
        }

        var model = BestModel();
        _checkpoints?.TrainingEnded();
        return model;
    }

    private void RunEpoch()
    {
        var metrics = _epochs.Run(_state);
        if (_losses.Find(metrics, _state.Epochs.FirstOrDefault()) is { } problem) throw Diverged(metrics, problem);
        Take(metrics);
        _checkpoints?.EpochEnded(_state);
        _context.Snapshots?.Report(Snapshot());
        _context.Progress?.Report(_clock.EpochEnded(metrics));
    }

    /// <summary>
    /// Keeps the weights if they are the best so far. While the schedules move, epochs cannot be compared, and the last one is the best.
    /// </summary>
    private void Take(EpochMetrics metrics)
    {
        bool settled = metrics.Epoch > _options.RegularizerSchedule.SettledAfter(_options.Epochs);
        if (!settled || _session.Table.ValidationRows == 0 || metrics.ValidationLoss < _state.BestLoss)
        {
            // The losses of an epoch were computed before its last step.
            _engine.Save(_state.Candidate);
            if (!_state.Candidate.AreFinite) throw Diverged(metrics, "a weight became infinite or NaN");
            if (settled) _state.BestLoss = metrics.ValidationLoss;
            _state.TakeCandidate(metrics.Epoch);
        }
        else if (_options.EarlyStopping && IsPatienceOver(metrics.Epoch))
        {
            _state.StoppedEarly = true;
        }

        _state.Epochs.Add(metrics);
    }

    private bool IsPatienceOver(int epoch)
    {
        int waited = epoch - _state.BestEpoch;
        return waited >= _options.EarlyStoppingPatience || (double)_state.Step / epoch * waited >= _options.EarlyStoppingSteps;
    }

    private TrainingDivergedException Diverged(EpochMetrics metrics, string problem) =>
        TrainingDivergedException.In(metrics.Epoch, problem, BestModel());

    private VaeModel BestModel() => _session.BuildModel(_state.Best, History(_state.BestEpoch), _diagnosisCancellation);

    private VaeModel Snapshot()
    {
        var current = new VaeParameters(_state.Best.Shape);
        _engine.Save(current);
        return _session.BuildModel(current, History(_state.Epochs.Count), _diagnosisCancellation);
    }

    private TrainingHistory History(int bestEpoch) => new()
    {
        Epochs = [.. _state.Epochs],
        BestEpoch = bestEpoch,
        StoppedEarly = _state.StoppedEarly,
        Cancelled = _state.Cancelled,
        TrainingRows = _session.Table.TrainingRows,
        ValidationRows = _session.Table.ValidationRows,
        Trainer = _engine.Name,
    };
}
