using FluentAssertions;
using Xunit;

namespace Vae.Build.Tests;

public class LineLengthTests
{
    [Fact]
    public void Lines_that_are_longer_than_declared_are_named()
    {
        using var folder = new TemporaryFolder();
        folder.Write(".editorconfig", "[*]\nmax_line_length = 10\n");
        folder.Write("src/A/A.cs", "// fits σ²\n// not μ σ²\n");
        folder.Write("src/A/obj/Generated.cs", "// written by a tool\n");
        folder.Write("src/A/A.txt", "no code, as long as it likes\n");
        folder.Write("test/A.Tests/ATests.cs", "// too long\n");

        LineLength.FindTooLong(new Repository(folder.Path)).Should().Equal(
            "src/A/A.cs:2: 11 characters, and 10 are declared",
            "test/A.Tests/ATests.cs:1: 11 characters, and 10 are declared");
    }

    [Fact]
    public void No_line_of_this_tree_is_too_long() => LineLength.FindTooLong(RepositoryTests.ThisTree()).Should().BeEmpty();
}
