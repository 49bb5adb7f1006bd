using System.Diagnostics;

namespace Vae.Tests.Trust;

/// <summary>A process that runs the entry point of this assembly, ChildProgram.</summary>
internal static class Child
{
    /// <summary>Starts it.</summary>
    /// <param name="environment">A variable to set, or null.</param>
    /// <param name="arguments">What to do.</param>
    public static Process Start((string Name, string Value)? environment, params string[] arguments)
    {
        // The folder of the runtime is …/shared/Microsoft.NETCore.App/version; the host that started it is three levels up.
        string runtime = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        string host = Path.GetFullPath(Path.Combine(runtime, "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));
        var start = new ProcessStartInfo(host) { RedirectStandardOutput = true, UseShellExecute = false };
        start.ArgumentList.Add("exec");
        start.ArgumentList.Add(typeof(Child).Assembly.Location);
        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);
        if (environment is { } variable) start.Environment[variable.Name] = variable.Value;
        return Process.Start(start) ?? throw new InvalidOperationException($"'{host}' did not start.");
    }

    /// <summary>Runs it to its end.</summary>
    /// <returns>What it wrote, line by line.</returns>
    public static string[] Run((string Name, string Value)? environment, params string[] arguments)
    {
        using var process = Start(environment, arguments);
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            : throw new InvalidOperationException($"The child process ended with {process.ExitCode}: {output}");
    }
}
