using FluentAssertions;
using Xunit;

namespace Vae.Build.Tests;

public class LineCoverageTests
{
    [Fact]
    public void A_line_counts_once_and_as_executed_when_any_report_says_so()
    {
        using var folder = new TemporaryFolder();
        folder.Write("src/A/F.cs", "");
        folder.Write("first/coverage.cobertura.xml", Report(Path.Combine(folder.Path, "src"), "A/F.cs", firstHits: 1, secondHits: 0));
        folder.Write("second/coverage.cobertura.xml", Report(Path.Combine(folder.Path, "src", "A"), "F.cs", firstHits: 0, secondHits: 0));

        var coverage = LineCoverage.Read(folder.Path);
        coverage.Assemblies.Should().Equal(("A", 1, 2));
        coverage.Unreached.Should().Equal((Path.Combine(folder.Path, "src", "A", "F.cs"), 2));
    }

    private static string Report(string source, string file, int firstHits, int secondHits) => $"""
        <coverage><sources><source>{source}</source></sources><packages><package name="A"><classes><class filename="{file}">
          <lines><line number="1" hits="{firstHits}" /><line number="2" hits="{secondHits}" /></lines>
        </class></classes></package></packages></coverage>
        """;
}
