using System.ComponentModel;
using System.Diagnostics;

namespace Vae.Benchmarks.Peers;

/// <summary>Another library that trains, and how its steps are started: see <see cref="PeerStep"/>.</summary>
/// <param name="Name">What the tables call it.</param>
/// <param name="Program">The program and its first arguments.</param>
internal sealed record Peer(string Name, IReadOnlyList<string> Program)
{
    private static readonly string[] Pythons = ["/usr/bin/python3", "python", "python3"];

    /// <summary>PyTorch in the first Python that has it, or in one that will say what it lacks: PyTorch/training_step.py.</summary>
    public static Peer PyTorch()
    {
        string script = Path.Combine(AppContext.BaseDirectory, "PyTorch", "training_step.py");
        foreach (string python in Pythons)
        {
            if (Output(python, "-c", "import torch; print(torch.__version__)") is { } version)
                return new($"PyTorch {version.Trim()}", [python, script]);
        }

        return new("PyTorch", [Pythons[^1], script]);
    }

    /// <summary>TorchSharp: this program once more, because the threads of libtorch would disturb the managed trainer.</summary>
    public static Peer TorchSharp() => new("TorchSharp", ["dotnet", typeof(Peer).Assembly.Location, Torch.StepServer.Command]);

    private static string? Output(string program, params string[] arguments)
    {
        try
        {
            var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
            using var process = Process.Start(start)!;
            var errors = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? output : null;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
