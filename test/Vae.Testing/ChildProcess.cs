using System.Diagnostics;

namespace Vae.Testing;

/// <summary>Programs in processes of their own, on the runtime that runs the tests.</summary>
public static class ChildProcess
{
    // The folder of the runtime is …/shared/Microsoft.NETCore.App/version; the host that started it is three levels up.
    private static readonly string Host = Path.GetFullPath(Path.Combine(
        Path.GetDirectoryName(typeof(object).Assembly.Location)!, "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));

    /// <summary>Starts a program in its own folder.</summary>
    /// <param name="program">The path of its assembly.</param>
    /// <param name="environment">A variable to set, or null.</param>
    /// <param name="arguments">Its arguments.</param>
    public static Process Start(string program, (string Name, string Value)? environment, params string[] arguments)
    {
        var start = new ProcessStartInfo(Host, ["exec", program, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetDirectoryName(program),
        };
        if (environment is { } variable) start.Environment[variable.Name] = variable.Value;
        return Process.Start(start)!;
    }

    /// <summary>Runs a program to its end.</summary>
    public static async Task<(int ExitCode, string Output, string Errors)> Run(
        string program, (string Name, string Value)? environment, params string[] arguments)
    {
        using var process = Start(program, environment, arguments);
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await errors);
    }

    /// <inheritdoc cref="Run(string, ValueTuple{string, string}?, string[])"/>
    public static Task<(int ExitCode, string Output, string Errors)> Run(string program, params string[] arguments) =>
        Run(program, null, arguments);

    /// <summary>Runs a program that must succeed.</summary>
    /// <returns>What it wrote, line by line.</returns>
    public static string[] Lines(string program, (string Name, string Value)? environment, params string[] arguments)
    {
        var (exitCode, output, errors) = Run(program, environment, arguments).GetAwaiter().GetResult();
        return exitCode == 0
            ? output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            : throw new InvalidOperationException($"The child process ended with {exitCode}: {output}{errors}");
    }

    /// <summary>Copies the files of a program's folder to a new one.</summary>
    /// <returns>The new folder.</returns>
    public static string Copy(string program, string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (string file in Directory.EnumerateFiles(Path.GetDirectoryName(program)!))
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        return folder;
    }
}
