namespace Vae.Build;

/// <summary>Builds projects that have been restored.</summary>
public static class Compilation
{
    /// <summary>The configuration that everything is built and tested in: the tests train models, which takes optimised code.</summary>
    public const string Configuration = "Release";

    /// <summary>Builds some projects together. Returns whether all of them were built; the compiler's errors have been printed if not.</summary>
    public static bool Run(Repository repository, IEnumerable<Project> projects) =>
        DotNet.Run(repository,
            "msbuild", repository.WriteSolution("build", projects.Select(project => project.Path)),
            $"-property:Configuration={Configuration}", "-verbosity:quiet", "-nologo", "-terminalLogger:off") == 0;
}
