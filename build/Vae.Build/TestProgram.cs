namespace Vae.Build;

/// <summary>
/// Restores, builds and tests every project whose packages the NuGet sources offer. Whatever fails besides a test (a restore, the
/// build, a test run that breaks off or executes nothing) counts as one failure, so that "0 failed" means what it says.
/// </summary>
public static class TestProgram
{
    /// <summary>Runs the program. Returns its exit code.</summary>
    public static int Run(Repository repository, IReadOnlyList<string> arguments)
    {
        if (TestOptions.Parse(arguments) is not { } options)
        {
            Console.Error.WriteLine(TestOptions.Usage);
            return 2;
        }

        try
        {
            return Run(repository, options);
        }
        catch (BuildException exception)
        {
            Report.Failure(exception.Message, exception.Details, "");
            return Close([], failures: 1);
        }
    }

    private static int Run(Repository repository, TestOptions options)
    {
        var restore = Restore.Run(repository);
        var failures = restore.Projects.Count(project => project.IsFailed);
        var results = new List<TestResults>();
        if (Compilation.Run(repository, restore.Ready))
        {
            results.AddRange(RunTests(repository, [.. restore.Ready.Where(project => project.IsTest)], options));
            failures += results.Count(result => result.RunErrors.Count > 0);
            if (failures == 0 && results.Sum(result => result.Executed) == 0)
            {
                Report.Failure("The whole run", "No test was executed.", "");
                failures++;
            }
        }
        else
        {
            Report.Failure("The build", "See the errors above. No test was run.", "");
            failures++;
        }

        Report.Restore(repository, restore);
        return Close(results, failures);
    }

    private static List<TestResults> RunTests(Repository repository, IReadOnlyList<Project> projects, TestOptions options)
    {
        var folder = Path.Combine(repository.Artifacts, "test-results");
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);

        var results = (
            from project in projects
            from framework in project.Frameworks
            select TestRun.Run(repository, project, framework, options, Path.Combine(folder, project.Name, framework))).ToList();
        if (options.Coverage && projects.Count > 0)
            Report.Coverage(repository, LineCoverage.Read(folder), Path.Combine(folder, "unreached-lines.txt"));
        return results;
    }

    private static int Close(IReadOnlyList<TestResults> results, int failures)
    {
        failures += results.Sum(result => result.Failures.Count);
        Report.Skipped([.. results.SelectMany(result => result.Skipped)]);
        Console.WriteLine();
        Console.WriteLine($"{results.Sum(result => result.Passed)} passed, {failures} failed, {results.Sum(result => result.Skipped.Count)} skipped");
        return failures == 0 ? 0 : 1;
    }
}
