namespace Vae.Build;

/// <summary>Runs one benchmark by name, or all whose figures are in docs/performance.md.</summary>
public static class BenchProgram
{
    private const string Managed = "test/Vae.Benchmarks/Vae.Benchmarks.csproj";
    private const string Torch = "test/Vae.TrainingBenchmarks/Vae.TrainingBenchmarks.csproj";
    private const string MLNet = "test/Vae.MLNet.Benchmarks/Vae.MLNet.Benchmarks.csproj";
    private const string AllName = "all";

    private static readonly string[] Measured = ["training", "scoring", "cursor", "large"];

    private static readonly Dictionary<string, string> Programs = new(StringComparer.Ordinal)
    {
        ["training"] = Managed,
        ["scoring"] = Managed,
        ["cursor"] = MLNet,
        ["large"] = Managed,
        ["kernels"] = Managed,
        ["torch-losses"] = Torch,
        ["torch-memory"] = Torch,
    };

    /// <summary>Runs the program. Returns its exit code.</summary>
    /// <param name="repository">The tree.</param>
    /// <param name="arguments">The name of the benchmark, and what it takes; nothing for all.</param>
    public static int Run(Repository repository, IReadOnlyList<string> arguments)
    {
        bool all = arguments.Count == 0 || arguments[0] is AllName || arguments[0].StartsWith('-');
        if (!all && !Programs.ContainsKey(arguments[0]))
        {
            Console.Error.WriteLine($"Usage: dotnet run build/bench.cs [{string.Join('|', [AllName, .. Programs.Keys])}] [arguments] [--page PAGE.md] [--json FILE.json]");
            return 2;
        }

        try
        {
            return all ? RunAll(repository, [.. arguments.SkipWhile(argument => argument == AllName)]) : Run(repository, arguments[0], [.. arguments.Skip(1)]) ?? 1;
        }
        catch (BuildException exception)
        {
            Report.Failure(exception.Message, exception.Details, "");
            return 1;
        }
    }

    private static int RunAll(Repository repository, string[] options)
    {
        string json = Path.Combine(repository.Artifacts, "benchmarks.json");
        File.Delete(json);
        if (!options.Contains("--json")) options = [.. options, "--json", json];
        int status = 0;
        foreach (string name in Measured)
            status |= Run(repository, name, options) ?? 0;
        if (File.Exists(json)) Console.WriteLine(File.ReadAllText(json));
        return status;
    }

    /// <summary>Runs a benchmark. Returns its exit code, or null if it was left out.</summary>
    private static int? Run(Repository repository, string name, string[] arguments)
    {
        if (Build(repository, Programs[name]) is not { } program) return null;
        if (name == "training" && Build(repository, Torch) is { } torch) arguments = [.. arguments, "--torchsharp", torch];
        return DotNet.Run(repository, [program, name, .. arguments]);
    }

    /// <summary>Builds a program. Returns the path to run, or null where the NuGet sources lack what it needs.</summary>
    private static string? Build(Repository repository, string path)
    {
        string project = Path.Combine(repository.Root, path);
        var restore = Restore.Run(repository, [project]);
        Report.RestoreFailures(repository, restore);
        Report.Packages(restore);
        Report.Lines(new LeftOut([.. restore.LeftOut], []).Lines(repository));
        if (restore.Projects[0].IsFailed) throw new BuildException($"{path} cannot be restored.", "");
        return restore.Projects[0].IsLeftOut ? null : Compilation.Program(repository, restore.Projects[0].Project);
    }
}
