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
    public void Code_is_found_in_all_folders_of_projects_but_not_in_output_folders()
    {
        using var folder = new TemporaryFolder();
        var program = folder.Write("build/test.cs", "");
        var sample = folder.Write("samples/A/Program.cs", "");
        var library = folder.Write("src/A/A.cs", "");
        var tests = folder.Write("test/A.Tests/Rooms/ATests.cs", "");
        folder.Write("test/A.Tests/obj/Generated.cs", "");
        folder.Write("elsewhere/B.cs", "");

        new Repository(folder.Path).FindSources().Should().Equal(program, sample, library, tests);
    }

    [Fact]
    public void Every_project_of_this_tree_is_in_the_solution()
    {
        var repository = ThisTree();
        var solution = File.ReadAllText(Path.Combine(repository.Root, "Vae.MLNet.sln")).Replace('\\', '/');
        repository.FindProjects().Select(repository.Relative)
            .Where(project => !solution.Contains($"\"{project}\"", StringComparison.Ordinal))
            .Should().BeEmpty("`dotnet sln add` was forgotten for them");
    }

    [Fact]
    public void A_project_is_described_with_every_framework_that_it_is_built_for()
    {
        var repository = ThisTree();
        string[] paths =
            [.. repository.FindProjects().Where(path => Path.GetFileName(path) is "Vae.Core.Tests.csproj" or "Vae.Build.Tests.csproj")];

        var projects = Project.Describe(repository, paths).ToDictionary(project => project.Name);

        projects["Vae.Core.Tests"].Should().BeEquivalentTo(new { IsTest = true, Frameworks = new[] { "net8.0", "net10.0" } });
        projects["Vae.Build.Tests"].Should().BeEquivalentTo(new { IsTest = true, Frameworks = new[] { "net10.0" } });
        projects.Values.Should().OnlyContain(project => File.Exists(project.AssetsFile));
    }

    private static Repository ThisTree()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "Vae.MLNet.sln")))
            root = root.Parent!;
        return new Repository(root.FullName);
    }
}
