namespace Vae.Build;

/// <summary>A program of the tree that is built before it runs.</summary>
internal static class Tool
{
    /// <summary>
    /// Builds a project, runs what it is for, and says last which packages were taken instead of others. Returns the exit code.
    /// </summary>
    /// <param name="repository">The tree.</param>
    /// <param name="project">Where its project is in the tree.</param>
    /// <param name="run">Given the path of what was built.</param>
    public static int Run(Repository repository, string project, Func<string, int> run)
    {
        try
        {
            var restore = Restore.Run(repository, [Path.Combine(repository.Root, project)]);
            Report.RestoreFailures(repository, restore);
            Report.Lines(new LeftOut([.. restore.LeftOut], []).Lines(repository));
            if (!restore.Projects[0].IsReady) throw new BuildException($"{project} cannot be restored.", "");
            int status = run(Compilation.Program(repository, restore.Projects[0].Project));
            Report.Packages(restore);
            return status;
        }
        catch (BuildException exception)
        {
            Report.Failure(exception.Message, exception.Details, "");
            return 1;
        }
    }
}
