using System.Diagnostics;

namespace Vae.MLNet.Tests;

/// <summary>Programs in processes of their own.</summary>
internal static class ChildProcess
{
    /// <summary>Copies the files of a program's folder to a new one.</summary>
    /// <returns>The new folder.</returns>
    public static string Copy(string program, string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (string file in Directory.EnumerateFiles(Path.GetDirectoryName(program)!))
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        return folder;
    }

    /// <summary>Runs a program in its own folder to its end.</summary>
    public static async Task<(int ExitCode, string Output, string Errors)> Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", ["exec", program, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetDirectoryName(program),
        })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await errors);
    }
}
