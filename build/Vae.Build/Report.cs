namespace Vae.Build;

/// <summary>Prints what a user must not overlook.</summary>
public static class Report
{
    private const int MostLines = 40;
    private static readonly string Rule = new('=', 100);

    /// <summary>Prints a failed test, or another thing that failed.</summary>
    public static void Failure(string name, string message, string details)
    {
        Console.WriteLine();
        Console.WriteLine($"  FAILED: {name}");
        Indented(message);
        Indented(details);
        Console.WriteLine();
    }

    /// <summary>Prints which projects were left out, and why, and which could not be restored.</summary>
    public static void Restore(Repository repository, Restore restore)
    {
        foreach (var project in restore.Projects.Where(project => project.IsFailed))
            Failure($"The restore of {repository.Relative(project.Project.Path)}", Words(project.Errors), "");

        foreach (var substitution in restore.Substitutions)
            Console.WriteLine($"Note: {substitution}");

        var leftOut = restore.Projects.Where(project => project.IsLeftOut).ToList();
        if (leftOut.Count == 0)
            return;

        Console.WriteLine();
        Console.WriteLine(Rule);
        Console.WriteLine($"LEFT OUT, because the configured NuGet sources do not offer what they need: {leftOut.Count} of {restore.Projects.Count} projects");
        foreach (var project in leftOut)
            Console.WriteLine($"  {repository.Relative(project.Project.Path)} lacks {string.Join(", ", project.MissingPackages)}");

        Console.WriteLine();
        Indented(Words(leftOut.SelectMany(project => project.Errors)));
        Console.WriteLine();
        Console.WriteLine($"Test projects not run: {leftOut.Count(project => project.Project.IsTest)}");
        Console.WriteLine(Rule);
    }

    /// <summary>Prints which tests were not run, and why.</summary>
    public static void Skipped(IReadOnlyList<SkippedTest> tests)
    {
        foreach (var reason in tests.GroupBy(test => test.Reason))
        {
            Console.WriteLine();
            Console.WriteLine($"NOT RUN: {reason.Count()} tests, because: {reason.Key}");
            Indented(string.Join('\n', reason.Select(test => test.Name)));
        }
    }

    /// <summary>Prints the share of executed lines of each assembly, and writes the other lines to a file.</summary>
    public static void Coverage(Repository repository, LineCoverage coverage, string unreachedLines)
    {
        Console.WriteLine("Line coverage:");
        foreach (var (assembly, executed, lines) in coverage.Assemblies)
            Console.WriteLine($"  {assembly,-30} {100.0 * executed / lines,6:0.0} %  ({executed} of {lines} lines)");
        File.WriteAllLines(unreachedLines, coverage.Unreached.Select(line => $"{repository.Relative(line.File)}:{line.Line}"));
        Console.WriteLine($"  the lines that no test reaches: {repository.Relative(unreachedLines)}");
    }

    private static string Words(IEnumerable<RestoreMessage> messages) =>
        string.Join(Environment.NewLine, messages.Select(message => $"{message.Code}: {message.Text}").Distinct());

    private static void Indented(string text)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        foreach (var line in lines.Take(MostLines))
            Console.WriteLine($"    {line}");
        if (lines.Length > MostLines)
            Console.WriteLine($"    ... and {lines.Length - MostLines} more lines");
    }
}
