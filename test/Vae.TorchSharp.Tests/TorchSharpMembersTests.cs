using FluentAssertions;
using Mono.Cecil;
using Xunit;

namespace Vae.TorchSharp.Tests;

/// <summary>
/// An application may bring TorchSharp 0.102.7 or a later one, so the library uses only members that have the same signature in 0.102.7 and
/// 0.107.0: those of TorchSharpMembers.txt, which also says how they were checked.
/// </summary>
public sealed class TorchSharpMembersTests
{
    [Fact]
    public void The_list_has_every_member_of_TorchSharp_that_is_used_and_no_other()
    {
        var used = Used();
        used.Except(Listed()).Should().BeEmpty("one of the versions may lack a member that is not in the list; check it as the list says");
        Listed().Except(used).Should().BeEmpty("every member of the list is used");
    }

    [Fact]
    public void The_list_is_in_order() => Listed().Should().BeInAscendingOrder(StringComparer.Ordinal).And.OnlyHaveUniqueItems();

    private static List<string> Listed()
    {
        using var reader = new StreamReader(typeof(TorchSharpMembersTests).Assembly.GetManifestResourceStream("TorchSharpMembers.txt")!);
        string[] lines = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return [.. lines.Where(line => line[0] != '#')];
    }

    /// <summary>
    /// What the compiler wrote into Vae.TorchSharp.dll: the members that it refers to, and those that its types override.
    /// </summary>
    private static HashSet<string> Used()
    {
        using var module = ModuleDefinition.ReadModule(typeof(TorchTrainer).Assembly.Location);
        var overridden =
            from type in module.GetTypes()
            where type.BaseType is { } parent && IsOfTorchSharp(parent)
            from method in type.Methods
            where method.IsVirtual && method.IsReuseSlot
            let parameters = string.Join(',', method.Parameters.Select(parameter => parameter.ParameterType.FullName))
            select $"{method.ReturnType.FullName} {type.BaseType.FullName}::{method.Name}({parameters})";
        var referred = module.GetMemberReferences().Where(member => IsOfTorchSharp(member.DeclaringType)).Select(member => member.FullName);
        return [.. referred, .. overridden];
    }

    private static bool IsOfTorchSharp(TypeReference type) => type.GetElementType().Scope.Name == "TorchSharp";
}
