namespace Vae.Build;

/// <summary>How a run of the tests ends.</summary>
/// <param name="Results">The results of each test project.</param>
/// <param name="LeftOut">What was not run.</param>
/// <param name="OtherFailures">How many things failed besides tests.</param>
/// <param name="All">Whether it is a failure, too, that something was left out.</param>
public sealed record TestSummary(IReadOnlyList<TestResults> Results, LeftOut LeftOut, int OtherFailures, bool All)
{
    private bool LacksSomething => All && !LeftOut.IsEmpty;

    private int Failures => OtherFailures + Results.Sum(result => result.Failures.Count) + (LacksSomething ? 1 : 0);

    /// <summary>0 if nothing failed, or else 1.</summary>
    public int ExitCode => Failures == 0 ? 0 : 1;

    /// <summary>The last lines of the run: what was left out and, alone on the last line, the counts.</summary>
    public IEnumerable<string> Lines(Repository repository) =>
    [
        .. LeftOut.Lines(repository),
        .. LacksSomething ? ["FAILED: --all was given, and not everything was run."] : Array.Empty<string>(),
        "",
        $"{Results.Sum(result => result.Passed)} passed, {Failures} failed, {Results.Sum(result => result.Skipped.Count)} skipped",
    ];
}
