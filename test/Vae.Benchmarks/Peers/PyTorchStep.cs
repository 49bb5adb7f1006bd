using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Vae.Benchmarks.Peers;

/// <summary>The training step in PyTorch, in a process of its own: PyTorch/training_step.py.</summary>
internal static class PyTorchStep
{
    private static readonly string[] Pythons = ["/usr/bin/python3", "python3", "python"];

    /// <summary>A Python that has PyTorch, or null.</summary>
    public static string? FindPython() => Pythons.FirstOrDefault(python => Run(python, 1, ["-c", "import torch"]) is not null);

    /// <summary>Microseconds per step, the median over some seconds.</summary>
    /// <param name="python">A Python that has PyTorch.</param>
    /// <param name="size">The network and minibatch.</param>
    /// <param name="torchThreads">The argument of torch.set_num_threads.</param>
    /// <param name="blasThreads">OPENBLAS_NUM_THREADS.</param>
    /// <param name="seconds">How long to measure.</param>
    public static double Measure(string python, NetworkSize size, int torchThreads, int blasThreads, double seconds)
    {
        string script = Path.Combine(AppContext.BaseDirectory, "PyTorch", "training_step.py");
        string output = Run(python, blasThreads,
        [
            script, Text(size.Slots), string.Join(',', size.Hidden), Text(size.Latent), Text(size.Batch), seconds.ToString(CultureInfo.InvariantCulture), Text(torchThreads),
        ]) ?? throw new InvalidOperationException("The PyTorch script failed.");
        return JsonDocument.Parse(output).RootElement.GetProperty("median_us").GetDouble();
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string? Run(string python, int blasThreads, string[] arguments)
    {
        var start = new ProcessStartInfo(python, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["OPENBLAS_NUM_THREADS"] = Text(blasThreads);
        try
        {
            using var process = Process.Start(start)!;
            var errors = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? output : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
