using FluentAssertions;
using Xunit;

namespace Vae.Build.Tests;

public class TestResultsTests
{
    private static readonly TestOptions NoOptions = new();

    [Fact]
    public void Outcomes_are_counted_and_failures_named()
    {
        var results = Read("""
            <Results>
              <UnitTestResult testName="A" outcome="Passed" />
              <UnitTestResult testName="B" outcome="NotExecuted">
                <Output><ErrorInfo><Message>There is no libtorch.</Message></ErrorInfo></Output>
              </UnitTestResult>
              <UnitTestResult testName="C" outcome="Failed">
                <Output><ErrorInfo><Message>Expected 1</Message><StackTrace>at C()</StackTrace></ErrorInfo></Output>
              </UnitTestResult>
              <UnitTestResult testName="D" outcome="Timeout" />
            </Results>
            <ResultSummary outcome="Failed"><RunInfos>
              <RunInfo outcome="Error"><Text>[xUnit.net 00:00:00.19]     C [FAIL]</Text></RunInfo>
              <RunInfo outcome="Warning"><Text>Something to know</Text></RunInfo>
            </RunInfos></ResultSummary>
            """);

        results.Passed.Should().Be(1);
        results.Skipped.Should().Equal(new SkippedTest("B", "There is no libtorch."));
        results.IsEmpty.Should().BeFalse();
        results.Failures.Should().Equal(new FailedTest("C", "Expected 1", "at C()"), new FailedTest("D", "Outcome: Timeout", ""));
        results.RunErrors.Should().BeEmpty();
        results.Judge(1, NoOptions).RunErrors.Should().BeEmpty();
    }

    [Fact]
    public void A_crashed_host_is_a_run_error()
    {
        var results = Read("""
            <ResultSummary outcome="Failed"><RunInfos>
              <RunInfo outcome="Error"><Text>The active test run was aborted.</Text></RunInfo>
            </RunInfos></ResultSummary>
            """);

        results.RunErrors.Should().Equal("The active test run was aborted.");
        results.Judge(1, NoOptions).Should().Be(results);
    }

    [Fact]
    public void A_run_that_failed_for_no_recorded_reason_is_a_run_error() =>
        TestResults.Read("no such file").Judge(1, NoOptions).RunErrors.Should().ContainSingle().Which.Should().Contain("exit code 1");

    [Fact]
    public void A_run_of_no_test_is_a_run_error_unless_a_filter_was_given()
    {
        var results = Read("<Results />");
        results.Judge(0, NoOptions).RunErrors.Should().Equal("There was no test.");
        results.Judge(0, NoOptions with { Filter = "X" }).RunErrors.Should().BeEmpty();
    }

    [Fact]
    public void A_run_whose_tests_were_all_skipped_for_a_reason_is_no_run_error() =>
        Skipped("<Output><ErrorInfo><Message>There is no libtorch.</Message></ErrorInfo></Output>")
            .Judge(0, NoOptions).RunErrors.Should().BeEmpty();

    [Fact]
    public void A_test_that_was_skipped_for_no_reason_is_a_run_error() =>
        Skipped("").Judge(0, NoOptions).RunErrors.Should().Equal("B was skipped for no reason.");

    private static TestResults Skipped(string output) =>
        Read($"""<Results><UnitTestResult testName="B" outcome="NotExecuted">{output}</UnitTestResult></Results>""");

    private static TestResults Read(string content)
    {
        using var folder = new TemporaryFolder();
        return TestResults.Read(folder.Write("results.trx", $"""
            <TestRun xmlns="http://microsoft.com/schemas/VisualStudio/TeamTest/2010">{content}</TestRun>
            """));
    }
}
