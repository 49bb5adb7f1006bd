namespace Vae.Build;

/// <summary>Runs one benchmark by name, or all whose figures are in docs/performance.md, each in a process of its own.</summary>
public static class BenchProgram
{
    private const string Benchmarks = "test/Vae.Benchmarks/Vae.Benchmarks.csproj";

    private static readonly string[] Measured = ["training", "scoring", "cursor", "large"];

    /// <summary>Runs the program. Returns its exit code.</summary>
    /// <param name="repository">The tree.</param>
    /// <param name="arguments">
    /// The name of the benchmark, and what it takes (<c>--help</c> tells); nothing, or no name but "all", for all.
    /// </param>
    public static int Run(Repository repository, IReadOnlyList<string> arguments)
    {
        try
        {
            string program = Build(repository);
            return arguments is [] or ["all" or "--page" or "--json", ..]
                ? RunAll(repository, program, [.. arguments.SkipWhile(argument => argument == "all")])
                : DotNet.Run(repository, [program, .. arguments]);
        }
        catch (BuildException exception)
        {
            Report.Failure(exception.Message, exception.Details, "");
            return 1;
        }
    }

    private static int RunAll(Repository repository, string program, string[] options)
    {
        string json = Path.Combine(repository.Artifacts, "benchmarks.json");
        File.Delete(json);
        if (!options.Contains("--json")) options = [.. options, "--json", json];
        int status = 0;
        foreach (string name in Measured)
            status |= DotNet.Run(repository, [program, name, .. options]);
        if (File.Exists(json)) Console.WriteLine(File.ReadAllText(json));
        return status;
    }

    /// <summary>Builds the benchmarks. Returns the path to run.</summary>
    private static string Build(Repository repository)
    {
        var restore = Restore.Run(repository, [Path.Combine(repository.Root, Benchmarks)]);
        Report.RestoreFailures(repository, restore);
        Report.Packages(restore);
        Report.Lines(new LeftOut([.. restore.LeftOut], []).Lines(repository));
        return restore.Projects[0].IsReady
            ? Compilation.Program(repository, restore.Projects[0].Project)
            : throw new BuildException($"{Benchmarks} cannot be restored.", "");
    }
}
