namespace Vae.Build;

/// <summary>Runs a benchmark or a comparison by name.</summary>
public static class BenchProgram
{
    private const string Managed = "test/Vae.Benchmarks/Vae.Benchmarks.csproj";
    private const string Training = "test/Vae.TrainingBenchmarks/Vae.TrainingBenchmarks.csproj";

    private static readonly Dictionary<string, string> Projects = new(StringComparer.Ordinal)
    {
        ["training"] = Managed,
        ["scoring"] = Managed,
        ["large"] = Managed,
        ["torch"] = Training,
        ["torch-losses"] = Training,
        ["torch-memory"] = Training,
    };

    /// <summary>Runs the program. Returns its exit code.</summary>
    /// <param name="repository">The tree.</param>
    /// <param name="arguments">The name of the benchmark, and what it takes.</param>
    public static int Run(Repository repository, IReadOnlyList<string> arguments)
    {
        if (arguments.Count == 0 || !Projects.TryGetValue(arguments[0], out string? path))
        {
            Console.Error.WriteLine($"Usage: dotnet run build/bench.cs {string.Join('|', Projects.Keys)} [arguments]");
            return 2;
        }

        try
        {
            return Run(repository, Path.Combine(repository.Root, path), arguments);
        }
        catch (BuildException exception)
        {
            Report.Failure(exception.Message, exception.Details, "");
            return 1;
        }
    }

    private static int Run(Repository repository, string project, IReadOnlyList<string> arguments)
    {
        var restore = Restore.Run(repository, [project]);
        if (restore.Projects[0] is { IsReady: false } missing)
        {
            Console.Error.WriteLine($"{repository.Relative(project)} cannot run here: {missing.Errors[0].Text}");
            return 1;
        }

        return DotNet.Run(repository, ["run", "--project", project, "--configuration", Compilation.Configuration, "--no-restore", "--", .. arguments]);
    }
}
