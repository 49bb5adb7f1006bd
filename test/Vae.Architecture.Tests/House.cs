using System.Reflection;
using System.Text.RegularExpressions;
using ArchUnitNET.Domain;
using ArchUnitNET.Loader;
using Vae.Data;
using Vae.MLNet;
using Vae.Reports;
using Vae.TorchSharp;

namespace Vae.Architecture.Tests;

/// <summary>
/// The rooms (namespaces) of the libraries: what docs/architecture.md says of them, and what the compiled assemblies do.
/// </summary>
internal sealed partial class House
{
    private House(string page)
    {
        Page = page;
        Rooms = [.. RoomLine().Matches(page).Select(match => match.Groups["room"].Value)];
        Types = [.. new ArchLoader()
            .LoadAssemblies(
                typeof(FeatureLayout).Assembly, typeof(TorchTrainer).Assembly, typeof(VaeEmbeddingEstimator).Assembly,
                typeof(VaeReport).Assembly)
            .Build().Types.Where(IsOurs)];
        Uses = [.. Types.SelectMany(UsesOf).Distinct().OrderBy(use => use.ToString(), StringComparer.Ordinal)];
    }

    /// <summary>The tree that the tests were built from.</summary>
    public static string Repository { get; } = typeof(House).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "Repository").Value!;

    /// <summary>The house as it stands.</summary>
    public static House Current { get; } =
        new(File.ReadAllText(Path.Combine(Repository, "docs", "architecture.md")).ReplaceLineEndings("\n"));

    /// <summary>The text of docs/architecture.md.</summary>
    public string Page { get; }

    /// <summary>The rooms in the order of the page's table: each may use those before it.</summary>
    public IReadOnlyList<string> Rooms { get; }

    /// <summary>The types of the libraries.</summary>
    public IReadOnlyList<IType> Types { get; }

    /// <summary>Which type of one room uses which type of another.</summary>
    public IReadOnlyList<Use> Uses { get; }

    /// <summary>
    /// The page's picture as the assemblies are: an arrow from each room to the rooms that it uses, without those that it also reaches
    /// over others.
    /// </summary>
    public string Diagram
    {
        get
        {
            var targets = Rooms.ToDictionary(room => room, room => ArrowsFrom(room).ToHashSet());
            var lines = new List<string> { "flowchart BT" };
            foreach (var library in Rooms.GroupBy(LibraryOf))
            {
                lines.Add($"    subgraph {library.Key}");
                lines.AddRange(library.Select(room => $"        {Id(room)}[\"{Label(room)}\"]"));
                lines.Add("    end");
            }

            foreach (string room in Rooms)
            {
                var direct = targets[room].Where(target => !targets[room].Any(other => other != target && Reaches(targets, other, target)));
                lines.AddRange(direct.OrderBy(Position).Select(target => $"    {Id(room)} --> {Id(target)}"));
            }

            return string.Join('\n', lines);
        }
    }

    /// <summary>The place of a room in the order, or −1 if the page does not know it.</summary>
    public int Position(string room) => Rooms.ToList().IndexOf(room);

    // An arrow against the order would be a fault, which a test of its own names; without it there are no circles.
    private IEnumerable<string> ArrowsFrom(string room) =>
        Uses.Where(use => use.FromRoom == room && Position(use.ToRoom) < Position(room)).Select(use => use.ToRoom);

    private static bool Reaches(Dictionary<string, HashSet<string>> targets, string from, string to) =>
        targets[from].Contains(to) || targets[from].Any(next => Reaches(targets, next, to));

    private static string LibraryOf(string room) =>
        room.StartsWith("Vae.MLNet", StringComparison.Ordinal) || room == "Microsoft.ML" ? "Vae.MLNet"
        : room.StartsWith("Vae.TorchSharp", StringComparison.Ordinal) ? "Vae.TorchSharp"
        : room.StartsWith("Vae.Reports", StringComparison.Ordinal) ? "Vae.Reports"
        : "Vae.Core";

    private static string Id(string room) => room.Replace('.', '_');

    private static string Label(string room)
    {
        string prefix = LibraryOf(room) == "Vae.Core" ? "Vae." : LibraryOf(room) + ".";
        return room.StartsWith(prefix, StringComparison.Ordinal) ? room[prefix.Length..] : room;
    }

    private static bool IsOurs(IType type) =>
        type.Namespace is { FullName: var room }
        && (room is "Vae" or "Microsoft.ML" || room.StartsWith("Vae.", StringComparison.Ordinal))
        && type.Assembly.FullName.StartsWith("Vae.", StringComparison.Ordinal);

    private static IEnumerable<Use> UsesOf(IType type) => type.Dependencies
        .Where(dependency => IsOurs(dependency.Target) && dependency.Target.Namespace.FullName != type.Namespace.FullName)
        .Where(dependency => dependency.Target is not GenericParameter)
        .Select(dependency => dependency.Target)
        .Select(target => new Use(type.Namespace.FullName, Outermost(type), target.Namespace.FullName, Outermost(target)));

    private static string Outermost(IType type) => type.FullName[(type.Namespace.FullName.Length + 1)..].Split('+', '/', '`')[0];

    [GeneratedRegex(@"^\| `(?<room>(?:Vae|Microsoft)[\w.]*)` \|", RegexOptions.Multiline)]
    private static partial Regex RoomLine();
}

/// <summary>A type of one room that uses a type of another.</summary>
internal sealed record Use(string FromRoom, string FromType, string ToRoom, string ToType)
{
    /// <inheritdoc/>
    public override string ToString() => $"{FromRoom}.{FromType} uses {ToRoom}.{ToType}";
}
