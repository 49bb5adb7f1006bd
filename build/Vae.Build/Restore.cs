using System.Text.RegularExpressions;

namespace Vae.Build;

/// <summary>
/// Restores projects and tells those whose packages the configured NuGet sources do not offer, which may be left out, from those
/// that cannot be restored for any other reason (an unreachable source, a broken project), which is a failure.
/// </summary>
public sealed partial class Restore
{
    private Restore(IReadOnlyList<RestoredProject> projects, IReadOnlyList<string> substitutions)
    {
        Projects = projects;
        Substitutions = substitutions;
    }

    /// <summary>Every project, ready or not.</summary>
    public IReadOnlyList<RestoredProject> Projects { get; }

    /// <summary>The projects that can be built.</summary>
    public IEnumerable<Project> Ready => Projects.Where(project => project.IsReady).Select(project => project.Project);

    /// <summary>The projects that lack packages which the sources do not offer.</summary>
    public IEnumerable<RestoredProject> LeftOut => Projects.Where(project => project.IsLeftOut);

    /// <summary>Where NuGet had to take a newer version of a package: "A 2.0 instead of 1.0".</summary>
    public IReadOnlyList<string> Substitutions { get; }

    /// <summary>Restores all projects of the tree at once.</summary>
    /// <exception cref="BuildException">A project cannot even be read.</exception>
    public static Restore Run(Repository repository) => Run(repository, repository.FindProjects());

    /// <summary>Restores some projects, and what they refer to, at once.</summary>
    /// <exception cref="BuildException">A project cannot even be read.</exception>
    public static Restore Run(Repository repository, IReadOnlyList<string> paths)
    {
        var result = DotNet.Capture(repository, TimeSpan.FromMinutes(60),
            "restore", repository.WriteSolution("restore", paths), "--nologo", "--verbosity", "minimal");
        if (result.ExitCode != 0 && !NuGetError().IsMatch(result.Output) || OtherError().IsMatch(result.Output))
            throw new BuildException("The restore failed.", result.Everything);

        var projects = Project.Describe(repository, paths);
        var messages = projects.ToDictionary(project => project.Path, project => RestoreMessage.Read(project.AssetsFile));
        return new Restore(
            [.. projects.Select(project => new RestoredProject(project, ErrorsOf(project, projects, messages)))],
            [.. messages.Values.SelectMany(log => log).Where(message => message.SaysSubstituted).Select(message => message.Substitution)
                .Distinct().Order(StringComparer.Ordinal)]);
    }

    private static List<RestoreMessage> ErrorsOf(
        Project project, IReadOnlyList<Project> projects, Dictionary<string, IReadOnlyList<RestoreMessage>> messages)
    {
        var visited = new HashSet<string>();
        var errors = new List<RestoreMessage>();
        Visit(project);
        return errors;

        void Visit(Project current)
        {
            if (!visited.Add(current.Path))
                return;

            errors.AddRange(messages[current.Path].Where(message => message.IsError && !errors.Contains(message)));
            foreach (var reference in projects.Where(other => current.References.Contains(other.Path)))
                Visit(reference);
        }
    }

    [GeneratedRegex(@": error NU\d+:")]
    private static partial Regex NuGetError();

    [GeneratedRegex(@": error (?!NU)\w+:")]
    private static partial Regex OtherError();
}
