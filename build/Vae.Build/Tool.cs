namespace Vae.Build;

/// <summary>A program of the tree that is built before it runs.</summary>
internal static class Tool
{
    /// <summary>Builds a project and runs what it is for. Returns the exit code.</summary>
    /// <param name="repository">The tree.</param>
    /// <param name="project">Where its project is in the tree.</param>
    /// <param name="run">Given the path of what was built.</param>
    public static int Run(Repository repository, string project, Func<string, int> run)
    {
        try
        {
            return run(Build(repository, project));
        }
        catch (BuildException exception)
        {
            Report.Failure(exception.Message, exception.Details, "");
            return 1;
        }
    }

    private static string Build(Repository repository, string project)
    {
        var restore = Restore.Run(repository, [Path.Combine(repository.Root, project)]);
        Report.RestoreFailures(repository, restore);
        Report.Packages(restore);
        Report.Lines(new LeftOut([.. restore.LeftOut], []).Lines(repository));
        return restore.Projects[0].IsReady
            ? Compilation.Program(repository, restore.Projects[0].Project)
            : throw new BuildException($"{project} cannot be restored.", "");
    }
}
