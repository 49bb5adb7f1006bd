namespace Vae.Build;

/// <summary>
/// Restores, builds and tests every project whose packages the NuGet sources offer. Whatever fails besides a test (a restore, the
/// build, a test run that breaks off or has no test) counts as one failure, so that "0 failed" means what it says.
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
            return Close(repository, new TestSummary([], LeftOut.Nothing, OtherFailures: 1, options.All));
        }
    }

    private static int Run(Repository repository, TestOptions options)
    {
        Console.WriteLine("Building all projects ...");
        var restore = Restore.Run(repository);
        var failures = restore.Projects.Count(project => project.IsFailed);
        var results = new List<TestResults>();
        if (Compilation.Run(repository, restore.Ready))
        {
            results.AddRange(RunTests(repository, [.. restore.Ready.Where(project => project.IsTest)], options));
            failures += results.Count(result => result.RunErrors.Count > 0);
            if (failures == 0 && results.All(result => result.IsEmpty))
            {
                Report.Failure("The whole run", "There was no test.", "");
                failures++;
            }
        }
        else
        {
            Report.Failure("The build", "See the errors above. No test was run.", "");
            failures++;
        }

        Report.RestoreFailures(repository, restore);
        Report.Packages(restore);
        var leftOut = new LeftOut([.. restore.LeftOut], [.. results.SelectMany(result => result.Skipped)]);
        return Close(repository, new TestSummary(results, leftOut, failures, options.All));
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

    private static int Close(Repository repository, TestSummary summary)
    {
        Report.Lines(summary.Lines(repository));
        return summary.ExitCode;
    }
}
