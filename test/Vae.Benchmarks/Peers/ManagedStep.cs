using System.Diagnostics;
using Vae.Data;
using Vae.Training;
using Vae.Training.Engines;
using Vae.Training.Managed;
using Vae.Training.Rows;

namespace Vae.Benchmarks.Peers;

/// <summary>The managed training step on shuffled rows that are in memory.</summary>
internal sealed class ManagedStep : IDisposable
{
    private const int BatchesInBlock = 64;
    private const int StepsPerSample = 50;

    private readonly NetworkSize _size;
    private readonly TrainingSession _session;
    private readonly ManagedEngine _engine;
    private readonly RowBlock _block;
    private readonly List<double> _samples = new(1 << 16);
    private long _step;

    public ManagedStep(NetworkSize size, int threads)
    {
        _size = size;
        Threads = threads;
        var random = new Random(1);
        var values = new float[BatchesInBlock * size.Batch * size.Slots];
        for (int i = 0; i < values.Length; i++)
            values[i] = (float)(random.NextDouble() + random.NextDouble() + random.NextDouble());
        var options = size.Options;
        _session = TrainingSession.Begin(new MatrixRows(FeatureLayout.Numeric(size.Slots), values), options, new TrainingContext());
        var table = _session.Table;
        table.BeginEpoch(0);
        _block = table.NextBlock()!;
        _engine = new ManagedEngine(
            table.Layout, options, _session.Parameters.Clone(), new EngineRows(size.Batch, table.MayMiss, table.TrainingRows), threads);
        _engine.BeginBlock(_block);
    }

    public int Threads { get; }

    /// <summary>Bytes that all threads of the process together allocated per step in the last measurement.</summary>
    public double BytesPerStep { get; private set; }

    /// <summary>Microseconds per step, the median over some seconds.</summary>
    public double Measure(double seconds)
    {
        Run(StepsPerSample);
        _samples.Clear();
        long allocated = GC.GetTotalAllocatedBytes(precise: true);
        long begin = Stopwatch.GetTimestamp();
        do
        {
            long start = Stopwatch.GetTimestamp();
            Run(StepsPerSample);
            _samples.Add(Stopwatch.GetElapsedTime(start).TotalMicroseconds / StepsPerSample);
        }
        while (_samples.Count < _samples.Capacity && (Stopwatch.GetElapsedTime(begin).TotalSeconds < seconds || _samples.Count < 3));

        BytesPerStep = (double)(GC.GetTotalAllocatedBytes(precise: true) - allocated) / (_samples.Count * StepsPerSample);
        _samples.Sort();
        return _samples[_samples.Count / 2];
    }

    public void Dispose()
    {
        _engine.Dispose();
        _session.Dispose();
    }

    private void Run(int steps)
    {
        int batches = _block.Count / _size.Batch;
        for (int i = 0; i < steps; i++)
        {
            _engine.Step((int)(_step % batches) * _size.Batch, _size.Batch, new StepSettings(_step, 1e-4, 1));
            _step++;
        }
    }
}
