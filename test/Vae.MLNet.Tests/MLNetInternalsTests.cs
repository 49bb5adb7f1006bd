using System.Reflection;
using FluentAssertions;
using Xunit;

namespace Vae.MLNet.Tests;

/// <summary>Guards the members of ML.NET that are not public and that saving a transformer needs (MLNetInternals.txt).</summary>
public sealed class MLNetInternalsTests
{
    private const BindingFlags All =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static IEnumerable<object[]> Listed => ReadList().Select(line => new object[] { line.Assembly, line.Member });

    [Theory]
    [MemberData(nameof(Listed))]
    public void A_closed_member_is_still_there(string assembly, string member) => Find(assembly, member).Should().NotBeNull(
        "Vae.MLNet uses {0} of {1} {2}; if a new version moved or renamed it, find out what replaced it and change src/Vae.MLNet "
            + "(the files that say so at their top) and MLNetInternals.txt",
        member, assembly, Assembly.Load(assembly).GetName().Version);

    [Fact]
    public void The_list_has_every_closed_member_that_is_used_and_no_other()
    {
        var used = Used().Where(use => IsClosed(use.Assembly, use.Member)).ToList();
        used.Except(ReadList()).Should().BeEmpty("every closed member that is used is in the list");
        ReadList().Except(used).Should().BeEmpty("every member of the list is used, and closed");
    }

    private static List<(string Assembly, string Member)> ReadList()
    {
        using var reader = new StreamReader(typeof(VaeEmbeddingEstimator).Assembly.GetManifestResourceStream("MLNetInternals.txt")!);
        return [.. reader.ReadToEnd().Split('\n')
            .Select(line => line.Split('#')[0].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            .Where(words => words.Length == 2)
            .Select(words => (words[0], words[1]))];
    }

    private static MemberInfo? Find(string assembly, string member)
    {
        string[] parts = member.Split("::");
        var type = Assembly.Load(assembly).GetType(parts[0]);
        return parts.Length == 1 ? type : type?.GetMembers(All).FirstOrDefault(candidate => candidate.Name == parts[1]);
    }

    private static bool IsClosed(string assembly, string member)
    {
        string[] parts = member.Split("::");
        var type = Assembly.Load(assembly).GetType(parts[0], throwOnError: true)!;
        if (!type.IsVisible) return true;
        return parts.Length == 2
            && !type.GetMembers(All | BindingFlags.FlattenHierarchy).Where(candidate => candidate.Name == parts[1]).Any(IsPublic);
    }

    private static bool IsPublic(MemberInfo member) => member switch
    {
        MethodBase method => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly,
        FieldInfo field => field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly,
        _ => true,
    };

    /// <summary>
    /// Every type and member of ML.NET's own assemblies that Vae.MLNet.dll refers to, as the compiler wrote it: a coverage run rewrites
    /// the one beside the tests, and then it no longer refers to types that only its attributes name.
    /// </summary>
    private static HashSet<(string Assembly, string Member)> Used()
    {
        string library = Path.Combine(Path.GetDirectoryName(ChildProcessTests.LoaderProgram)!, "Vae.MLNet.dll");
        return
        [
            .. AssemblyReferences.Types(library).Concat(AssemblyReferences.Members(library))
                .Where(use => use.Assembly is "Microsoft.ML.Core" or "Microsoft.ML.Data"),
        ];
    }
}
