using FluentAssertions;
using Xunit;

namespace Vae.Build.Tests;

public class TestOptionsTests
{
    [Fact]
    public void Options_are_read_in_any_order()
    {
        TestOptions.Parse([]).Should().Be(new TestOptions(Filter: null, Coverage: false, All: false));
        TestOptions.Parse(["--coverage", "--filter", "Name~X"]).Should().Be(new TestOptions("Name~X", Coverage: true));
        TestOptions.Parse(["--filter", "Name~X", "--all", "--coverage"]).Should().Be(new TestOptions("Name~X", Coverage: true, All: true));
    }

    [Fact]
    public void Anything_else_is_refused()
    {
        TestOptions.Parse(["--filter"]).Should().BeNull();
        TestOptions.Parse(["Name~X"]).Should().BeNull();
    }
}
