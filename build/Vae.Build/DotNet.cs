using System.Diagnostics;
using System.Text;

namespace Vae.Build;

/// <summary>Runs the .NET command line that runs this program.</summary>
public static class DotNet
{
    /// <summary>Runs a command whose output the user sees as it comes. Returns its exit code.</summary>
    public static int Run(Repository repository, params IEnumerable<string> arguments)
    {
        using var process = Process.Start(StartInfo(repository, arguments))!;
        process.WaitForExit();
        return process.ExitCode;
    }

    /// <summary>Runs a command and collects what it prints, which need not interest the user.</summary>
    /// <param name="repository">The tree in whose root the command runs.</param>
    /// <param name="timeout">After this time the command and what it started are stopped.</param>
    /// <param name="arguments">The arguments of <c>dotnet</c>.</param>
    public static CommandResult Capture(Repository repository, TimeSpan timeout, params IEnumerable<string> arguments)
    {
        var start = StartInfo(repository, arguments);
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        start.StandardOutputEncoding = start.StandardErrorEncoding = Encoding.UTF8;

        var output = new StringBuilder();
        var error = new StringBuilder();
        using var process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, e) => Append(output, e.Data);
        process.ErrorDataReceived += (_, e) => Append(error, e.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        if (!process.WaitForExit(timeout))
        {
            process.Kill(entireProcessTree: true);
            return new CommandResult(-1, output.ToString(), $"Stopped after {timeout.TotalMinutes:0} minutes.{Environment.NewLine}{error}");
        }

        process.WaitForExit();
        return new CommandResult(process.ExitCode, output.ToString(), error.ToString());
    }

    private static ProcessStartInfo StartInfo(Repository repository, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", arguments)
        {
            WorkingDirectory = repository.Root,
            UseShellExecute = false,
        };
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment["DOTNET_NOLOGO"] = "1";

        // A build node that stays alive holds on to our output pipe, and we would wait for it.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        return start;
    }

    private static void Append(StringBuilder builder, string? line)
    {
        if (line is null)
            return;

        lock (builder)
            builder.AppendLine(line);
    }
}
