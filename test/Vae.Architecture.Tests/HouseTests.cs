using System.Text.RegularExpressions;
using ArchUnitNET.Domain.Extensions;
using FluentAssertions;
using Xunit;

namespace Vae.Architecture.Tests;

/// <summary>The house has one direction, and docs/architecture.md tells the truth about it.</summary>
public sealed partial class HouseTests
{
    private const int MostParameters = 7;

    [Fact]
    public void A_room_uses_only_rooms_that_stand_before_it_in_the_table() =>
        House.Current.Uses.Where(use => House.Current.Position(use.ToRoom) >= House.Current.Position(use.FromRoom))
            .Select(use => use.ToString())
            .Should().BeEmpty("docs/architecture.md gives the order of the rooms, and a room uses only those before it");

    [Fact]
    public void Every_room_is_in_the_table_and_every_line_of_the_table_is_a_room()
    {
        var rooms = SourceFiles().Select(file => NamespaceOf(file)!).Distinct();
        House.Current.Rooms.Should().OnlyHaveUniqueItems().And.BeEquivalentTo(rooms);
    }

    [Fact]
    public void The_picture_of_the_house_is_what_the_assemblies_are()
    {
        var picture = Picture().Match(House.Current.Page);
        picture.Success.Should().BeTrue("docs/architecture.md has a mermaid diagram");
        string found = House.Current.Diagram;
        string copy = Path.Combine(Directory.CreateDirectory(Path.Combine(House.Repository, "artifacts")).FullName, "architecture.mmd");
        File.WriteAllText(copy, found);
        picture.Groups["text"].Value.Should().Be(found, "the assemblies are so, and artifacts/architecture.mmd holds the picture to copy");
    }

    [Fact]
    public void Namespaces_equal_folders()
    {
        var wrong = SourceFiles().Where(file => NamespaceOf(file) is not "Microsoft.ML" && NamespaceOf(file) != NamespaceOfFolder(file));
        wrong.Select(file => $"{file} is in {NamespaceOf(file)}").Should().BeEmpty();
    }

    [Fact]
    public void No_method_outside_the_kernels_has_more_than_seven_parameters()
    {
        var wide = House.Current.Types.Where(type => !type.Namespace.FullName.StartsWith("Vae.Numerics", StringComparison.Ordinal))
            .SelectMany(type => type.GetMethodMembers())
            .Where(method => method.Parameters.Count() > MostParameters && !IsGenerated(method.Name));
        wide.Select(method => method.FullName).Should().BeEmpty();
    }

    private static bool IsGenerated(string name) => name.Split('(')[0].Contains('<');

    private static IEnumerable<string> SourceFiles() =>
        Directory.EnumerateFiles(Path.Combine(House.Repository, "src"), "*.cs", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(House.Repository, file).Replace('\\', '/'))
            .Where(file => !file.Contains("/obj/") && !file.Contains("/bin/") && NamespaceOf(file) is not null)
            .Order(StringComparer.Ordinal);

    private static string? NamespaceOf(string file) =>
        Namespace().Match(File.ReadAllText(Path.Combine(House.Repository, file))) is { Success: true } match
            ? match.Groups["name"].Value
            : null;

    private static string NamespaceOfFolder(string file)
    {
        string[] folders = file.Split('/')[1..^1];
        return string.Join('.', folders).Replace("Vae.Core", "Vae", StringComparison.Ordinal);
    }

    [GeneratedRegex(@"^namespace (?<name>[\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Namespace();

    [GeneratedRegex("```mermaid\n(?<text>.*?)\n```", RegexOptions.Singleline)]
    private static partial Regex Picture();
}
