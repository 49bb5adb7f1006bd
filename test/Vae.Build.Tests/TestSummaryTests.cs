using FluentAssertions;
using Xunit;

namespace Vae.Build.Tests;

public class TestSummaryTests
{
    private const string Reason = "libtorch cannot be loaded.";

    private static readonly Repository Tree = new("/tree");

    private static readonly TestResults Results = new(
        7,
        [new SkippedTest("N.A.First", Reason), new SkippedTest("N.A.Second(x: 1.5)", Reason), new SkippedTest("N.B.Third", Reason)],
        [], []);

    [Fact]
    public void The_counts_stand_alone_on_the_last_line()
    {
        var others = new TestResults(1, [], [new FailedTest("F", "", "")], []);
        var summary = new TestSummary([Results, others], LeftOut.Nothing, OtherFailures: 1, All: false);
        summary.Lines(Tree).Should().Equal("", "8 passed, 2 failed, 3 skipped");
        summary.ExitCode.Should().Be(1);
    }

    [Fact]
    public void Tests_that_were_left_out_are_told_last_with_their_reason_and_are_no_failure()
    {
        var summary = new TestSummary([Results], new LeftOut([], Results.Skipped), OtherFailures: 0, All: false);
        var rule = new string('=', 100);
        summary.Lines(Tree).Should().Equal(
            "", rule, "LEFT OUT: 3 tests", "  2 of N.A", "  1 of N.B", $"because {Reason}", rule, "", "7 passed, 0 failed, 3 skipped");
        summary.ExitCode.Should().Be(0);
    }

    [Fact]
    public void With_all_a_test_that_was_left_out_is_a_failure()
    {
        var summary = new TestSummary([Results], new LeftOut([], Results.Skipped), OtherFailures: 0, All: true);
        summary.Lines(Tree).TakeLast(3).Should().Equal(
            "FAILED: --all was given, and not everything was run.", "", "7 passed, 1 failed, 3 skipped");
        summary.ExitCode.Should().Be(1);
    }

    [Fact]
    public void With_all_a_project_that_was_left_out_is_a_failure()
    {
        var project = new Project("/tree/test/P/P.csproj", IsTest: true, Frameworks: [], AssetsFile: "", References: []);
        var message = new RestoreMessage("NU1101", true, "Q", "Unable to find package Q.");
        var leftOut = new LeftOut([new RestoredProject(project, [message])], []);
        leftOut.Lines(Tree).Should().Contain(
        [
            "LEFT OUT: test/P/P.csproj and its tests", "because the configured NuGet sources lack Q", "NU1101: Unable to find package Q.",
        ]);
        new TestSummary([], leftOut, OtherFailures: 0, All: false).ExitCode.Should().Be(0);
        new TestSummary([], leftOut, OtherFailures: 0, All: true).ExitCode.Should().Be(1);
    }

    [Fact]
    public void With_all_a_run_that_left_nothing_out_succeeds() =>
        new TestSummary([Results], LeftOut.Nothing, OtherFailures: 0, All: true).ExitCode.Should().Be(0);
}
