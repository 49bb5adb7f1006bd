using FluentAssertions;
using Xunit;

namespace Vae.Build.Tests;

public class RepositoryTests
{
    [Fact]
    public void Projects_are_found_but_not_in_output_folders()
    {
        using var folder = new TemporaryFolder();
        var library = folder.Write("src/A/A.csproj", "");
        var tests = folder.Write("test/A.Tests/A.Tests.csproj", "");
        folder.Write("src/A/obj/Copy.csproj", "");
        folder.Write("elsewhere/B.csproj", "");

        new Repository(folder.Path).FindProjects().Should().Equal(library, tests);
    }

    [Fact]
    public void Every_project_of_this_tree_is_in_the_solution()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "Vae.MLNet.sln")))
            root = root.Parent!;

        var repository = new Repository(root.FullName);
        var solution = File.ReadAllText(Path.Combine(root.FullName, "Vae.MLNet.sln")).Replace('\\', '/');
        repository.FindProjects().Select(repository.Relative).Where(project => !solution.Contains($"\"{project}\"", StringComparison.Ordinal))
            .Should().BeEmpty("`dotnet sln add` was forgotten for them");
    }
}
