namespace Vae.Build;

/// <summary>Prints what a user must not overlook.</summary>
public static class Report
{
    private const int MostLines = 40;

    /// <summary>Prints a failed test, or another thing that failed.</summary>
    public static void Failure(string name, string message, string details)
    {
        Console.WriteLine();
        Console.WriteLine($"  FAILED: {name}");
        Indented(message);
        Indented(details);
        Console.WriteLine();
    }

    /// <summary>Prints which projects could not be restored, and why.</summary>
    public static void RestoreFailures(Repository repository, Restore restore)
    {
        foreach (var project in restore.Projects.Where(project => project.IsFailed))
            Failure($"The restore of {repository.Relative(project.Project.Path)}", RestoreMessage.Words(project.Errors), "");
    }

    /// <summary>Prints in one line which packages NuGet took instead of others.</summary>
    public static void Packages(Restore restore)
    {
        var packages = string.Join(", ", restore.Substitutions);
        if (packages.Length > 0)
            Console.WriteLine($"Packages: {packages} (the configured NuGet sources lack what was asked for).");
    }

    /// <summary>Prints lines.</summary>
    public static void Lines(IEnumerable<string> lines)
    {
        foreach (var line in lines)
            Console.WriteLine(line);
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

    private static void Indented(string text)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        foreach (var line in lines.Take(MostLines))
            Console.WriteLine($"    {line}");
        if (lines.Length > MostLines)
            Console.WriteLine($"    ... and {lines.Length - MostLines} more lines");
    }
}
