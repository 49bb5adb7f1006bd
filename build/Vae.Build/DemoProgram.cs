namespace Vae.Build;

/// <summary>
/// Runs the best sample whose packages the NuGet sources offer: the ML.NET pipeline, or the one that does without ML.NET.
/// </summary>
public static class DemoProgram
{
    private static readonly string[] Samples = ["samples/WinePipeline/WinePipeline.csproj", "samples/Wine/Wine.csproj"];

    /// <summary>Runs the program. Returns its exit code.</summary>
    /// <param name="repository">The tree.</param>
    /// <param name="arguments">Passed on to the sample.</param>
    public static int Run(Repository repository, IReadOnlyList<string> arguments)
    {
        try
        {
            return RunFirstReady(repository, arguments);
        }
        catch (BuildException exception)
        {
            Report.Failure(exception.Message, exception.Details, "");
            return 1;
        }
    }

    private static int RunFirstReady(Repository repository, IReadOnlyList<string> arguments)
    {
        Console.WriteLine("Building the demonstration ...");
        var restore = Restore.Run(repository, [.. Samples.Select(sample => Path.Combine(repository.Root, sample)).Where(File.Exists)]);
        foreach (var other in restore.Projects.TakeWhile(project => !project.IsReady))
            Console.WriteLine($"{repository.Relative(other.Project.Path)} cannot run here: {other.Errors[0].Text}");

        if (restore.Ready.FirstOrDefault() is not { } sample)
            return 1;

        var program = Compilation.Program(repository, sample);
        Console.WriteLine($"{repository.Relative(sample.Path)}:");
        Console.WriteLine();
        var status = DotNet.Run(repository, [program, .. arguments]);
        Console.WriteLine();
        Report.Packages(restore);
        return status;
    }
}
