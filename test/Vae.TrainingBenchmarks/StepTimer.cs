using System.Diagnostics;
using Vae.Training;
using Vae.Training.Rows;

namespace Vae.TrainingBenchmarks;

/// <summary>Times the steps of an engine on one block of rows.</summary>
internal sealed class StepTimer
{
    private readonly ITrainingEngine _engine;
    private readonly RowBlock _block;
    private readonly int _batch;
    private readonly List<double> _rates = [];
    private long _step;

    public StepTimer(string name, ITrainingEngine engine, RowBlock block, int batch)
    {
        Name = name;
        _engine = engine;
        _block = block;
        _batch = batch;
    }

    public string Name { get; }

    /// <summary>The median over rounds of the rows per second.</summary>
    public double Rate => _rates.Order().ElementAt(_rates.Count / 2);

    /// <summary>Trains for some time.</summary>
    public void Round(TimeSpan time, bool isWarmUp)
    {
        long begin = Stopwatch.GetTimestamp();
        long rows = 0;
        do
        {
            _engine.BeginBlock(_block);
            for (int first = 0; first + _batch <= _block.Count; first += _batch)
            {
                _engine.Step(first, _batch, new StepSettings(_step++, 1e-4, 1));
                rows += _batch;
            }

            _engine.TakeLosses();
        }
        while (Stopwatch.GetElapsedTime(begin) < time);

        if (!isWarmUp) _rates.Add(rows / Stopwatch.GetElapsedTime(begin).TotalSeconds);
    }
}
