using System.Xml.Linq;

namespace Vae.Build;

/// <summary>The tree that the programs in <c>build/</c> work on.</summary>
public sealed class Repository
{
    private static readonly string[] ProjectFolders = ["build", "src", "test", "samples"];
    private static readonly string[] OutputFolders = ["bin", "obj"];

    /// <summary>A tree somewhere on this machine.</summary>
    /// <param name="root">Its absolute path.</param>
    public Repository(string root) => Root = root;

    /// <summary>The absolute path of the tree.</summary>
    public string Root { get; }

    /// <summary>Where results go. Git ignores it.</summary>
    public string Artifacts => Directory.CreateDirectory(Path.Combine(Root, "artifacts")).FullName;

    /// <summary>The tree that holds the running file-based program, wherever it was started from.</summary>
    public static Repository OfThisProgram()
    {
        var folder = (string?)AppContext.GetData("EntryPointFileDirectoryPath")
            ?? throw new InvalidOperationException("Run this program with `dotnet run build/NAME.cs`.");
        return new Repository(Path.GetFullPath(Path.Combine(folder, "..")));
    }

    /// <summary>Every project in the tree, in a fixed order.</summary>
    public IReadOnlyList<string> FindProjects() => Find("*.csproj", ProjectFolders);

    /// <summary>Every file of C# in the tree, in a fixed order.</summary>
    public IReadOnlyList<string> FindSources() => Find("*.cs", ProjectFolders);

    /// <summary>The path as a user would write it in the root of the tree.</summary>
    public string Relative(string path) => Path.GetRelativePath(Root, path).Replace('\\', '/');

    /// <summary>Writes a solution of some projects, so that one command can work on all of them at once.</summary>
    /// <returns>The path of the solution.</returns>
    public string WriteSolution(string name, IEnumerable<string> projects)
    {
        var path = Path.Combine(Artifacts, name + ".slnx");
        var entries = projects.Select(project =>
            new XElement("Project", new XAttribute("Path", Path.GetRelativePath(Artifacts, project).Replace('\\', '/'))));
        new XDocument(new XElement("Solution", entries)).Save(path);
        return path;
    }

    private IReadOnlyList<string> Find(string pattern, params string[] folders) =>
        [.. folders
            .Select(folder => Path.Combine(Root, folder))
            .Where(Directory.Exists)
            .SelectMany(SourceFolders)
            .SelectMany(folder => Directory.EnumerateFiles(folder, pattern))
            .Order(StringComparer.Ordinal)];

    private static IEnumerable<string> SourceFolders(string folder) =>
        Directory.EnumerateDirectories(folder)
            .Where(child => !OutputFolders.Contains(Path.GetFileName(child)))
            .SelectMany(SourceFolders)
            .Prepend(folder);
}
