using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Vae.Benchmarks.Peers;

/// <summary>
/// The training step of another library, in a process of its own: for each line with a number of seconds on its standard input, it trains
/// for so long and answers with a line, the median of microseconds per step.
/// </summary>
internal sealed class PeerStep : IDisposable
{
    private readonly Process _process;
    private readonly Task<string> _errors;

    /// <param name="peer">The library.</param>
    /// <param name="network">The arguments that tell the network and minibatch.</param>
    /// <param name="threads">The threads.</param>
    /// <exception cref="PeerException">The program cannot be started.</exception>
    public PeerStep(Peer peer, IReadOnlyList<string> network, ThreadSetting threads)
    {
        var start = new ProcessStartInfo(peer.Program[0], [.. peer.Program.Skip(1), .. network, Text(threads.Torch)])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["OPENBLAS_NUM_THREADS"] = Text(threads.Blas);
        try
        {
            _process = Process.Start(start)!;
        }
        catch (Win32Exception exception)
        {
            throw new PeerException(exception.Message);
        }

        _errors = _process.StandardError.ReadToEndAsync();
    }

    /// <summary>Microseconds per step, the median over some seconds.</summary>
    /// <exception cref="PeerException">The process has ended, or its answer is not a number.</exception>
    public double Measure(double seconds)
    {
        try
        {
            _process.StandardInput.WriteLine(seconds.ToString(CultureInfo.InvariantCulture));
            _process.StandardInput.Flush();
        }
        catch (IOException)
        {
            // It has ended. What it said before is still there to read.
        }

        string? answer = _process.StandardOutput.ReadLine();
        return double.TryParse(answer, CultureInfo.InvariantCulture, out double time) ? time : throw new PeerException(Complaint(answer));
    }

    /// <summary>What a program says is wrong, without the calls that Python lists before it and .NET after it.</summary>
    /// <param name="error">What it printed.</param>
    public static string WithoutTrace(string error)
    {
        bool isTrace = error.StartsWith("Traceback", StringComparison.Ordinal) || error.Contains("\n   at ", StringComparison.Ordinal);
        string[] lines = error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return isTrace ? Array.FindLast(lines, line => !char.IsWhiteSpace(line[0])) ?? error : error;
    }

    public void Dispose()
    {
        End();
        _process.Dispose();
    }

    private string Complaint(string? answer)
    {
        string output = $"{answer} {End()}";
        string[] words = [WithoutTrace(_errors.Result), output, $"exit code {_process.ExitCode}"];
        return words.Select(text => text.Trim()).First(text => text.Length > 0).ReplaceLineEndings(" ");
    }

    // Returns what it still printed.
    private string End()
    {
        try
        {
            _process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It has ended already, and there is nobody to read the last line.
        }

        string output = _process.StandardOutput.ReadToEnd();
        _process.WaitForExit();
        return output;
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
