using System.Xml.Linq;

namespace Vae.Build;

/// <summary>What a test run recorded in its TRX file.</summary>
/// <param name="Passed">How many tests passed.</param>
/// <param name="Skipped">The tests that were not executed.</param>
/// <param name="Failures">The tests that did not pass.</param>
/// <param name="RunErrors">What went wrong outside any test, such as a crashed test host.</param>
public sealed record TestResults(
    int Passed, IReadOnlyList<SkippedTest> Skipped, IReadOnlyList<FailedTest> Failures, IReadOnlyList<string> RunErrors)
{
    private const string EchoOfFailedTest = "[FAIL]";

    private static readonly XNamespace Trx = "http://microsoft.com/schemas/VisualStudio/TeamTest/2010";

    /// <summary>Whether there was no test, neither executed nor skipped.</summary>
    public bool IsEmpty => Passed + Failures.Count + Skipped.Count == 0;

    /// <summary>Reads a TRX file. A run that left none has no results.</summary>
    public static TestResults Read(string path)
    {
        if (!File.Exists(path))
            return new TestResults(0, [], [], []);

        var run = XDocument.Load(path).Root!;
        var tests = run.Elements(Trx + "Results").Elements(Trx + "UnitTestResult").ToList();
        return new TestResults(
            tests.Count(test => Outcome(test) == "Passed"),
            [.. tests.Where(test => Outcome(test) == "NotExecuted").Select(test => new SkippedTest(Name(test), Message(test) ?? ""))],
            [.. tests.Where(test => Outcome(test) is not ("Passed" or "NotExecuted")).Select(ParseFailure)],
            [.. run.Elements(Trx + "ResultSummary").Elements(Trx + "RunInfos").Elements(Trx + "RunInfo")
                .Where(info => Outcome(info) == "Error")
                .Select(info => (string?)info.Element(Trx + "Text") ?? "")
                .Where(text => !text.EndsWith(EchoOfFailedTest, StringComparison.Ordinal))]);
    }

    /// <summary>Adds the run error that the file does not tell: a run that failed for no recorded reason, that skipped a test
    /// without saying why, or that had no test.</summary>
    /// <param name="exitCode">How <c>dotnet test</c> ended.</param>
    /// <param name="options">What the user asked for; a filter may leave a project without tests.</param>
    public TestResults Judge(int exitCode, TestOptions options) => this switch
    {
        { RunErrors.Count: > 0 } => this,
        { Failures.Count: 0 } when exitCode != 0 =>
            this with { RunErrors = [$"dotnet test ended with exit code {exitCode} although no test failed."] },
        _ when Skipped.FirstOrDefault(test => test.Reason.Length == 0) is { } test =>
            this with { RunErrors = [$"{test.Name} was skipped for no reason."] },
        { IsEmpty: true } when options.Filter is null => this with { RunErrors = ["There was no test."] },
        _ => this,
    };

    private static string Outcome(XElement element) => (string?)element.Attribute("outcome") ?? "";

    private static string Name(XElement test) => (string?)test.Attribute("testName") ?? "(no name)";

    private static string? Message(XElement test) => (string?)ErrorInfo(test)?.Element(Trx + "Message");

    private static XElement? ErrorInfo(XElement test) => test.Element(Trx + "Output")?.Element(Trx + "ErrorInfo");

    private static FailedTest ParseFailure(XElement test) =>
        new(Name(test), Message(test) ?? $"Outcome: {Outcome(test)}", (string?)ErrorInfo(test)?.Element(Trx + "StackTrace") ?? "");
}
