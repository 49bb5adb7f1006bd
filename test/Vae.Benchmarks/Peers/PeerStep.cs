using System.Diagnostics;
using System.Globalization;

namespace Vae.Benchmarks.Peers;

/// <summary>
/// The training step of another library, in a process of its own: for each line with a number of seconds on its standard input, it trains for so long
/// and answers with a line, the median of microseconds per step.
/// </summary>
internal sealed class PeerStep : IDisposable
{
    private readonly Process _process;
    private readonly Task<string> _errors;

    /// <param name="program">The program and what comes before the arguments that every peer takes: inputs, hidden widths, latent dimensions, batch, threads.</param>
    /// <param name="size">The network and minibatch.</param>
    /// <param name="threads">The threads.</param>
    public PeerStep(IReadOnlyList<string> program, NetworkSize size, ThreadSetting threads)
    {
        string[] arguments =
        [
            .. program.Skip(1), Text(size.Slots), string.Join(',', size.Hidden), Text(size.Latent), Text(size.Batch), Text(threads.Torch),
        ];
        var start = new ProcessStartInfo(program[0], arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["OPENBLAS_NUM_THREADS"] = Text(threads.Blas);
        _process = Process.Start(start)!;
        _errors = _process.StandardError.ReadToEndAsync();
    }

    /// <summary>Microseconds per step, the median over some seconds.</summary>
    public double Measure(double seconds)
    {
        _process.StandardInput.WriteLine(seconds.ToString(CultureInfo.InvariantCulture));
        _process.StandardInput.Flush();
        string answer = _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The peer failed: " + _errors.Result);
        return double.Parse(answer, CultureInfo.InvariantCulture);
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
