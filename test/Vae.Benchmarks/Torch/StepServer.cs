using System.Diagnostics;
using System.Globalization;
using TorchSharp;
using Vae.Benchmarks.Peers;
using Vae.Data;
using Vae.TorchSharp;
using Vae.TorchSharp.Devices;
using Vae.Training;
using Vae.Training.Engines;

namespace Vae.Benchmarks.Torch;

/// <summary>
/// The training step of <see cref="TorchTrainer"/> for a comparison that another process makes: for each line with a number of seconds on
/// the standard input, trains for so long and prints a line, the median of microseconds per step over blocks of steps.
/// </summary>
internal static class StepServer
{
    /// <summary>The command that <see cref="Peer.TorchSharp"/> starts.</summary>
    public const string Command = "torch-step";

    private const int BatchesInBlock = 64;
    private const int StepsPerSample = 10;

    /// <param name="size">The network and minibatch.</param>
    /// <param name="threads">The threads of libtorch; those of its matrix products come from the environment.</param>
    public static int Run(NetworkSize size, int threads)
    {
        if (TorchLibrary.WhyNot is { } problem)
        {
            Console.Error.WriteLine(problem);
            return 1;
        }

        var options = size.Options;
        using var session = TrainingSession.Begin(Rows(size), options, new TrainingContext());
        var table = session.Table;
        table.BeginEpoch(0);
        var block = table.NextBlock()!;
        using var surroundings = new TorchSurroundings(threads);
        using var engine = new TorchEngine(
            options, table.Layout, session.Parameters, new EngineRows(table.BlockCapacity, table.MayMiss, table.TrainingRows), torch.CPU);
        engine.BeginBlock(block);
        long step = 0;
        double Sample()
        {
            long start = Stopwatch.GetTimestamp();
            for (int i = 0; i < StepsPerSample; i++)
            {
                engine.Step((int)(step % (block.Count / size.Batch)) * size.Batch, size.Batch, new StepSettings(step, 1e-4, 1));
                step++;
            }

            engine.TakeLosses();
            return Stopwatch.GetElapsedTime(start).TotalMicroseconds / StepsPerSample;
        }

        Sample();
        while (Console.ReadLine() is { } seconds)
            Console.WriteLine(Median(Sample, double.Parse(seconds, CultureInfo.InvariantCulture)).ToString(CultureInfo.InvariantCulture));
        return 0;
    }

    private static double Median(Func<double> sample, double seconds)
    {
        sample();
        List<double> samples = [];
        long begin = Stopwatch.GetTimestamp();
        while (samples.Count < 3 || Stopwatch.GetElapsedTime(begin).TotalSeconds < seconds)
            samples.Add(sample());
        samples.Sort();
        return samples[samples.Count / 2];
    }

    private static MatrixRows Rows(NetworkSize size)
    {
        var random = new Random(1);
        var values = new float[BatchesInBlock * size.Batch * size.Slots];
        for (int i = 0; i < values.Length; i++)
            values[i] = (float)(random.NextDouble() + random.NextDouble() + random.NextDouble());
        return new MatrixRows(FeatureLayout.Numeric(size.Slots), values);
    }
}
