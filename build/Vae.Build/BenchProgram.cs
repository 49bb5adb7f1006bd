namespace Vae.Build;

/// <summary>Runs one benchmark by name, or all whose figures are in docs/performance.md, each in a process of its own.</summary>
public static class BenchProgram
{
    private static readonly string[] Measured = ["training", "scoring", "cursor", "large"];

    /// <summary>Runs the program. Returns its exit code.</summary>
    /// <param name="repository">The tree.</param>
    /// <param name="arguments">
    /// The name of the benchmark, and what it takes (<c>--help</c> tells); nothing, or no name but "all", for all.
    /// </param>
    public static int Run(Repository repository, IReadOnlyList<string> arguments) => Tool.Run(
        repository,
        "test/Vae.Benchmarks/Vae.Benchmarks.csproj",
        program => arguments is [] or ["all" or "--page" or "--json", ..]
            ? RunAll(repository, program, [.. arguments.SkipWhile(argument => argument == "all")])
            : DotNet.Run(repository, [program, .. arguments]));

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
}
