using Vae.History;
using Vae.Options;
using Vae.Training.Checkpoints;
using Vae.Training.Engines;
using Vae.Training.Rows;

namespace Vae.Training;

/// <summary>One epoch: the steps with what the schedules say at their time, then the held-out rows, then the metrics.</summary>
internal sealed class EpochRunner(TrainingSession session, ITrainingEngine engine)
{
    private readonly VaeOptions _options = session.Options;
    private readonly TrainingTable _table = session.Table;

    /// <summary>Runs the next epoch.</summary>
    /// <param name="state">The epochs and steps before it; the steps are counted on.</param>
    public EpochMetrics Run(TrainingState state)
    {
        int epoch = state.Epochs.Count;
        var last = Train(epoch, state);
        var training = engine.TakeLosses();
        Validate();
        var validation = engine.TakeLosses();
        return new EpochMetrics
        {
            Epoch = epoch + 1,
            Epochs = _options.Epochs,
            Loss = training.Loss / training.Rows,
            LossAtFullWeight = training.LossAtFullWeight / training.Rows,
            Reconstruction = training.Reconstruction / training.Rows,
            KullbackLeibler = training.KullbackLeibler / training.Rows,
            RegularizerFactor = last.RegularizerFactor,
            NoiseScale = engine.NoiseScale,
            LearningRate = last.LearningRate,
            ValidationLoss = validation.Loss / validation.Rows,
            ValidationReconstruction = validation.Reconstruction / validation.Rows,
            ValidationKullbackLeibler = validation.KullbackLeibler / validation.Rows,
        };
    }

    /// <summary>Trains on every row once, in steps of nearly the same size.</summary>
    /// <returns>The settings of the last step.</returns>
    private StepSettings Train(int epoch, TrainingState state)
    {
        var settings = default(StepSettings);
        long trained = 0;
        _table.BeginEpoch(epoch);
        while (_table.NextBlock() is { } block)
        {
            engine.BeginBlock(block);
            int batches = (block.Count + _options.RowsPerStep - 1) / _options.RowsPerStep;
            for (int batch = 0; batch < batches; batch++)
            {
                session.Context.CancellationToken.ThrowIfCancellationRequested();
                int first = (int)((long)block.Count * batch / batches);
                int count = (int)((long)block.Count * (batch + 1) / batches) - first;
                settings = SettingsAt(epoch + (double)trained / _table.TrainingRows, state.Step++);
                engine.Step(first, count, settings);
                trained += count;
            }
        }

        return settings;
    }

    /// <param name="time">The number of epochs so far; fractions count.</param>
    /// <param name="step">The number of the step.</param>
    private StepSettings SettingsAt(double time, long step) => new(
        step,
        _options.LearningRate * _options.LearningRateSchedule.FactorAt(time, _options.Epochs),
        _options.RegularizerSchedule.FactorAt(time, _options.Epochs));

    private void Validate()
    {
        long number = 0;
        _table.BeginValidation();
        while (_table.NextBlock() is { } block)
        {
            engine.BeginBlock(block);
            for (int first = 0; first < block.Count; first += _options.RowsPerStep)
            {
                session.Context.CancellationToken.ThrowIfCancellationRequested();
                int count = Math.Min(_options.RowsPerStep, block.Count - first);
                engine.Evaluate(first, count, number);
                number += count;
            }
        }
    }
}
