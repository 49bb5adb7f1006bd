using System.Diagnostics;
using System.Globalization;
using Vae.Data;
using Vae.Options;
using Vae.TorchSharp;

namespace Vae.Benchmarks.Torch;

/// <summary>The resident memory of a process that trains 200 times with TorchSharp.</summary>
internal static class MemoryGrowth
{
    private const int Trainings = 200;
    private const int Interval = 20;

    public static int Run()
    {
        var random = new Random(1);
        float[] values = [.. Enumerable.Range(0, 600 * 30).Select(_ => (float)random.NextDouble())];
        var rows = new MatrixRows(FeatureLayout.Numeric(30), values);
        var options = new VaeOptions { Epochs = 5, BatchNormalization = true, Dropout = 0.1 };
        double after = 0;
        for (int training = 1; training <= Trainings; training++)
        {
            new TorchTrainer().Train(rows, options);
            if (training % Interval != 0) continue;
            double now = ResidentMegabytes();
            if (training == Interval) after = now;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"after {training,3} trainings {now,8:0.0} MB, {now - after,6:+0.0;-0.0} MB"));
        }

        return 0;
    }

    private static double ResidentMegabytes()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64 / (double)(1 << 20);
    }
}
