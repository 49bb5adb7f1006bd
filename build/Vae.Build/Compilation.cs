namespace Vae.Build;

/// <summary>Builds projects that have been restored.</summary>
public static class Compilation
{
    /// <summary>The configuration that everything is built and tested in: the tests train models, which takes optimised code.</summary>
    public const string Configuration = "Release";

    // That NuGet took another version of a package is said once, at the end: Report.Packages.
    private static readonly string[] Options = [$"-property:Configuration={Configuration}", "-nologo", "-warnAsMessage:NU1603"];

    /// <summary>
    /// Builds some projects together. Returns whether all of them were built; the compiler's errors have been printed if not.
    /// </summary>
    public static bool Run(Repository repository, IEnumerable<Project> projects) =>
        DotNet.Run(repository,
        [
            "msbuild", repository.WriteSolution("build", projects.Select(project => project.Path)), .. Options,
            "-verbosity:quiet", "-terminalLogger:off",
        ]) == 0;

    /// <summary>Builds a program without a word. Returns the path of what to run.</summary>
    /// <exception cref="BuildException">It cannot be built.</exception>
    public static string Program(Repository repository, Project project)
    {
        var result = DotNet.Capture(
            repository, TimeSpan.FromMinutes(60), ["msbuild", project.Path, .. Options, "-target:Build", "-getProperty:TargetPath"]);
        return result.ExitCode == 0
            ? result.Output.Trim()
            : throw new BuildException($"{repository.Relative(project.Path)} cannot be built.", result.Everything);
    }
}
