namespace Vae.Samples.Tests;

/// <summary>The tree that these tests were built in.</summary>
internal static class Tree
{
    /// <summary>The absolute path of its root.</summary>
    public static string Root { get; } = Path.GetFullPath(BuildMetadata.Of(typeof(Tree), "Root"));

    /// <summary>The samples of one file, in their order.</summary>
    public static IReadOnlyList<string> Samples { get; } =
        [.. Directory.EnumerateFiles(Path.Combine(Root, "samples"), "*.cs").Select(Relative).Order(StringComparer.Ordinal)];

    /// <summary>The path in the tree.</summary>
    public static string Relative(string path) => Path.GetRelativePath(Root, path).Replace('\\', '/');

    /// <summary>A text file of the tree, with the line ends of Unix.</summary>
    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path)).ReplaceLineEndings("\n");
}
