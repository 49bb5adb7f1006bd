namespace Vae.Build;

/// <summary>What was left out: projects whose packages the NuGet sources lack, and tests that cannot run on this machine.</summary>
public sealed record LeftOut(IReadOnlyList<RestoredProject> Projects, IReadOnlyList<SkippedTest> Tests)
{
    /// <summary>Nothing.</summary>
    public static LeftOut Nothing { get; } = new([], []);

    private static readonly string Rule = new('=', 100);

    /// <summary>Whether nothing was left out.</summary>
    public bool IsEmpty => Projects.Count + Tests.Count == 0;

    /// <summary>What, and why, so that nobody overlooks it. No line if nothing was left out.</summary>
    public IEnumerable<string> Lines(Repository repository) => IsEmpty
        ? []
        :
        [
            "", Rule,
            .. Projects.SelectMany(project => Describe(repository, project)),
            .. Tests.GroupBy(test => test.Reason).SelectMany(Describe),
            Rule,
        ];

    private static IEnumerable<string> Describe(IGrouping<string, SkippedTest> tests) =>
    [
        $"LEFT OUT: {tests.Count()} tests",
        .. tests.CountBy(test => test.Class).Select(ofClass => $"  {ofClass.Value} of {ofClass.Key}"),
        $"because {tests.Key}",
    ];

    private static IEnumerable<string> Describe(Repository repository, RestoredProject project) =>
    [
        $"LEFT OUT: {repository.Relative(project.Project.Path)}{(project.Project.IsTest ? " and its tests" : "")}",
        $"because the configured NuGet sources lack {string.Join(", ", project.MissingPackages)}",
        RestoreMessage.Words(project.Errors),
    ];
}
