using Vae.Diagnostics;
using Vae.Networks;
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
    private readonly List<EpochMetrics> _history = [];
    private readonly VaeParameters _best;
    private double _bestLoss = double.PositiveInfinity;
    private int _bestEpoch;
    private bool _stoppedEarly;
    private long _step;

    /// <param name="options">Validated options.</param>
    /// <param name="context">Progress and cancellation.</param>
    /// <param name="table">The rows.</param>
    /// <param name="engine">Computes; starts from the weights that it was given.</param>
    /// <param name="best">Holds the weights that training starts from; receives the best ones.</param>
    public TrainingLoop(VaeOptions options, TrainingContext context, TrainingTable table, ITrainingEngine engine, VaeParameters best)
    {
        _options = options;
        _context = context;
        _table = table;
        _engine = engine;
        _best = best;
    }

    /// <summary>Trains to the end.</summary>
    public VaeModel Run()
    {
        int settled = _options.RegularizerSchedule.SettledAfter(_options.Epochs);
        for (int epoch = 0; epoch < _options.Epochs; epoch++)
        {
            var metrics = RunEpoch(epoch);
            if (!IsFinite(metrics)) throw Diverged(metrics.Epoch);
            _history.Add(metrics);
            _context.Progress?.Report(metrics);
            if (epoch < settled) continue;
            if (_table.ValidationRows == 0 || metrics.ValidationLoss < _bestLoss)
            {
                _bestLoss = metrics.ValidationLoss;
                _bestEpoch = metrics.Epoch;
                _engine.Save(_best);
            }
            else if (_options.EarlyStopping && metrics.Epoch - _bestEpoch >= _options.EarlyStoppingPatience)
            {
                _stoppedEarly = true;
                break;
            }
        }

        return BuildModel();
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
                rate = LearningRateAt(time);
                _engine.Step(first, count, new StepSettings(_step++, rate, factor));
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

    private double LearningRateAt(double epoch)
    {
        if (_options.LearningRateSchedule == LearningRateSchedule.Constant) return _options.LearningRate;
        const double floor = 0.01;
        double wave = 0.5 * (1 + Math.Cos(Math.PI * epoch / _options.Epochs));
        return _options.LearningRate * (floor + (1 - floor) * wave);
    }

    private bool IsFinite(EpochMetrics metrics) =>
        double.IsFinite(metrics.Loss) && (_table.ValidationRows == 0 || double.IsFinite(metrics.ValidationLoss));

    private TrainingDivergedException Diverged(int epoch) => new(
        $"Training diverged: the loss became infinite or NaN in epoch {epoch} of {_options.Epochs}. Try a learning rate below {_options.LearningRate}"
        + (double.IsFinite(_options.GradientClipNorm) ? $", a {nameof(VaeOptions.GradientClipNorm)} below {_options.GradientClipNorm}" : $", a finite {nameof(VaeOptions.GradientClipNorm)}")
        + ", and look for extreme values in the data.",
        _bestEpoch > 0 ? BuildModel() : null,
        History());

    private VaeModel BuildModel()
    {
        var history = History();
        var model = new VaeModel(_table.Layout, _options, _table.Standardization, _best, history, null);
        bool heldOut = _table.ValidationRows > 0;
        return model.With(DiagnosisBuilder.Build(model, _table.RowsForDiagnosis(RowsForDiagnosis), heldOut, history));
    }

    private TrainingHistory History() => new()
    {
        Epochs = [.. _history],
        BestEpoch = _bestEpoch,
        StoppedEarly = _stoppedEarly,
        TrainingRows = _table.TrainingRows,
        ValidationRows = _table.ValidationRows,
        Trainer = _engine.Name,
    };
}
