using FluentAssertions;
using Xunit;

namespace Vae.Build.Tests;

public class LineLengthTests
{
    [Fact]
    public void Lines_that_are_longer_than_declared_are_named()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(Path.Combine(folder.Path, "src", "A", "obj"));
        File.WriteAllText(Path.Combine(folder.Path, ".editorconfig"), "[*]\nmax_line_length = 10\n");
        File.WriteAllText(Path.Combine(folder.Path, "src", "A", "A.cs"), "// fits σ²\n// not μ σ²\n");
        File.WriteAllText(Path.Combine(folder.Path, "src", "A", "obj", "Generated.cs"), "// written by a tool\n");
        Directory.CreateDirectory(Path.Combine(folder.Path, "test"));
        File.WriteAllText(Path.Combine(folder.Path, "test", "B.cs"), "// as in tests\n");
        File.WriteAllText(Path.Combine(folder.Path, "src", "A", "A.txt"), "no code, as long as it likes\n");

        LineLength.FindTooLong(new Repository(folder.Path)).Should()
            .Equal("src/A/A.cs:2: 11 characters, and 10 are declared", "test/B.cs:1: 14 characters, and 10 are declared");
    }
}
