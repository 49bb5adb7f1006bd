using System.Diagnostics;
using Vae.Features;
using Vae.Training;
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
        _engine = new ManagedEngine(table.Layout, options, _session.Parameters.Clone(), size.Batch, table.MayMiss, table.TrainingRows, threads);
        _engine.BeginBlock(_block);
    }

    public int Threads { get; }

    /// <summary>Bytes that the calling thread allocated per step in the last measurement.</summary>
    public double BytesPerStep { get; private set; }

    /// <summary>Microseconds per step, the median over some seconds.</summary>
    public double Measure(double seconds)
    {
        Run(StepsPerSample);
        var samples = new List<double>(1 << 16);
        long begin = Stopwatch.GetTimestamp();
        long bytes = 0;
        while (Stopwatch.GetElapsedTime(begin).TotalSeconds < seconds || samples.Count < 3)
        {
            long allocated = GC.GetAllocatedBytesForCurrentThread();
            long start = Stopwatch.GetTimestamp();
            Run(StepsPerSample);
            double elapsed = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
            bytes += GC.GetAllocatedBytesForCurrentThread() - allocated;
            samples.Add(elapsed / StepsPerSample);
        }

        BytesPerStep = (double)bytes / (samples.Count * StepsPerSample);
        samples.Sort();
        return samples[samples.Count / 2];
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
