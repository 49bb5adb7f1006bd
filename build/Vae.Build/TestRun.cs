using System.Diagnostics;

namespace Vae.Build;

/// <summary>Runs the tests of one project.</summary>
public static class TestRun
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(80);

    /// <summary>Runs the tests of a project that has been built, and prints how it went.</summary>
    /// <param name="repository">The tree.</param>
    /// <param name="project">The test project.</param>
    /// <param name="framework">Which of its builds to run.</param>
    /// <param name="options">What the user asked for.</param>
    /// <param name="resultsFolder">An empty folder for this run's results.</param>
    public static TestResults Run(Repository repository, Project project, string framework, TestOptions options, string resultsFolder)
    {
        var name = $"{project.Name} ({framework})";
        Console.Write($"{name} ... ");
        var watch = Stopwatch.StartNew();
        var command = DotNet.Capture(repository, Limit, Arguments(project, framework, options, resultsFolder));
        var results = TestResults.Read(Path.Combine(resultsFolder, "results.trx")).Judge(command.ExitCode, options);

        double seconds = watch.Elapsed.TotalSeconds;
        Console.WriteLine(
            $"{results.Passed} passed, {results.Failures.Count} failed, {results.Skipped.Count} skipped in {seconds:0.0} s");
        foreach (var failure in results.Failures)
            Report.Failure(failure.Name, failure.Message, failure.StackTrace);

        if (results.RunErrors.Count > 0)
            ReportRunErrors(repository, name, results, command, resultsFolder);

        return results;
    }

    private static void ReportRunErrors(
        Repository repository, string name, TestResults results, CommandResult command, string resultsFolder)
    {
        var log = Path.Combine(Directory.CreateDirectory(resultsFolder).FullName, "output.txt");
        File.WriteAllText(log, command.Everything);
        var interrupted = InterruptedTests.Read(resultsFolder).Select(test => $"Running when it ended: {test}");
        Report.Failure(
            $"The test run of {name}",
            string.Join(Environment.NewLine, interrupted.Concat(results.RunErrors)),
            $"All output: {repository.Relative(log)}");
    }

    private static IEnumerable<string> Arguments(Project project, string framework, TestOptions options, string resultsFolder)
    {
        IEnumerable<string> arguments =
        [
            "test", project.Path, "--framework", framework, "--configuration", Compilation.Configuration, "--no-build", "--nologo",
            "--logger", "trx;LogFileName=results.trx", "--results-directory", resultsFolder,
            "--blame-hang-timeout", "10m", "--blame-hang-dump-type", "none",
        ];
        if (options.Filter is not null)
            arguments = arguments.Concat(["--filter", options.Filter]);
        if (options.Coverage)
            arguments = arguments.Concat(["--collect", "XPlat Code Coverage;ExcludeByAttribute=GeneratedCodeAttribute"]);
        return arguments;
    }
}
