namespace Vae.Build;

/// <summary>Applies the style of <c>.editorconfig</c> to every project that can be restored, and to the programs beside them.</summary>
public static class FormatProgram
{
    /// <summary>Runs the program. Returns its exit code.</summary>
    /// <param name="repository">The tree.</param>
    /// <param name="arguments">Passed on to <c>dotnet format</c>; <c>--verify-no-changes</c> changes nothing and fails where it would.</param>
    public static int Run(Repository repository, IReadOnlyList<string> arguments)
    {
        try
        {
            var solution = repository.WriteSolution("format", Restore.Run(repository).Ready.Select(project => project.Path));
            var projects = DotNet.Run(repository, ["format", solution, "--no-restore", .. arguments]);
            var programs = DotNet.Run(repository, ["format", "whitespace", "build", "--folder", .. arguments]);
            return projects != 0 ? projects : programs;
        }
        catch (BuildException exception)
        {
            Report.Failure(exception.Message, exception.Details, "");
            return 1;
        }
    }
}
