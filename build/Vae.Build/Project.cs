using System.Text.Json;

namespace Vae.Build;

/// <summary>A project of the tree.</summary>
/// <param name="Path">Its absolute path.</param>
/// <param name="IsTest">Whether it holds tests.</param>
/// <param name="Frameworks">The target frameworks that it is built for.</param>
/// <param name="AssetsFile">Where a restore records what it found for the project.</param>
/// <param name="References">The paths of the projects that it refers to.</param>
public sealed record Project(
    string Path, bool IsTest, IReadOnlyList<string> Frameworks, string AssetsFile, IReadOnlyList<string> References)
{
    /// <summary>The project's file name without its extension.</summary>
    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    /// <summary>Asks MSBuild about some projects.</summary>
    /// <exception cref="BuildException">MSBuild cannot read one of them.</exception>
    public static IReadOnlyList<Project> Describe(Repository repository, IReadOnlyList<string> paths)
    {
        var program = System.IO.Path.Combine(repository.Root, "build", "Vae.Build", "Describe.targets");
        var result = DotNet.Capture(repository, TimeSpan.FromMinutes(10),
            "msbuild", program, $"-p:DescribedProjects={string.Join("%3b", paths)}", "-getTargetResult:Describe");
        if (result.ExitCode != 0)
            throw new BuildException("MSBuild cannot read the projects.", result.Everything);

        using var answer = JsonDocument.Parse(result.Output);
        return [.. answer.RootElement.GetProperty("TargetResults").GetProperty("Describe").GetProperty("Items")
            .EnumerateArray()
            .Select(item => new Project(
                item.GetProperty("Identity").GetString()!,
                string.Equals(item.GetProperty(nameof(IsTest)).GetString(), "true", StringComparison.OrdinalIgnoreCase),
                List(item, nameof(Frameworks)),
                item.GetProperty(nameof(AssetsFile)).GetString()!,
                List(item, nameof(References))))];
    }

    private static string[] List(JsonElement item, string metadata) =>
        item.GetProperty(metadata).GetString()!.Split(';', StringSplitOptions.RemoveEmptyEntries);
}
