using FluentAssertions;
using Xunit;

namespace Vae.Build.Tests;

public class InterruptedTestsTests
{
    [Fact]
    public void Tests_that_had_not_completed_are_named()
    {
        using var folder = new TemporaryFolder();
        folder.Write("attachment/Sequence_1.xml", """
            <TestSequence>
              <Test Name="A" DisplayName="A" Completed="True" />
              <Test Name="B" DisplayName="B(x: 1)" Completed="False" />
            </TestSequence>
            """);

        InterruptedTests.Read(folder.Path).Should().Equal("B(x: 1)");
    }
}
