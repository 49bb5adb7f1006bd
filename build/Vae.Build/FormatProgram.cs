namespace Vae.Build;

/// <summary>
/// Applies the style of <c>.editorconfig</c> to every project that can be restored, and to the programs beside them, and fails where a
/// line is too long.
/// </summary>
public static class FormatProgram
{
    /// <summary>Runs the program. Returns its exit code.</summary>
    /// <param name="repository">The tree.</param>
    /// <param name="arguments">
    /// Passed on to <c>dotnet format</c>; <c>--verify-no-changes</c> changes nothing and fails where it would.
    /// </param>
    public static int Run(Repository repository, IReadOnlyList<string> arguments)
    {
        try
        {
            var solution = repository.WriteSolution("format", Restore.Run(repository).Ready.Select(project => project.Path));
            var projects = DotNet.Run(repository, ["format", solution, "--no-restore", .. arguments]);
            var programs = DotNet.Run(repository, ["format", "whitespace", "build", "--folder", .. arguments]);
            var tooLong = LineLength.FindTooLong(repository);
            if (tooLong.Count > 0) Report.Failure("Lines are too long", string.Join('\n', tooLong), "");
            return projects != 0 ? projects : programs != 0 ? programs : tooLong.Count > 0 ? 1 : 0;
        }
        catch (BuildException exception)
        {
            Report.Failure(exception.Message, exception.Details, "");
            return 1;
        }
    }
}
