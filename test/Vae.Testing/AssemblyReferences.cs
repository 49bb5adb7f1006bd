using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace Vae.Testing;

/// <summary>What an assembly refers to, as its compiler wrote it down.</summary>
public static class AssemblyReferences
{
    /// <summary>The names of the assemblies.</summary>
    /// <param name="path">The path of the assembly that refers to them.</param>
    public static string[] Assemblies(string path) => Read(path, metadata => metadata.AssemblyReferences
        .Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name)).ToArray());

    /// <summary>The types, "Namespace.Outer+Type", and their assemblies.</summary>
    /// <param name="path">The path of the assembly that refers to them.</param>
    public static (string Assembly, string Type)[] Types(string path) =>
        Read(path, metadata => metadata.TypeReferences.Select(handle => Name(metadata, handle)).ToArray());

    /// <summary>The members of types that are no constructed ones, "Namespace.Type::Member", and their assemblies.</summary>
    /// <param name="path">The path of the assembly that refers to them.</param>
    public static (string Assembly, string Member)[] Members(string path) => Read(path, metadata => (
        from handle in metadata.MemberReferences
        let member = metadata.GetMemberReference(handle)
        where member.Parent.Kind == HandleKind.TypeReference
        let type = Name(metadata, (TypeReferenceHandle)member.Parent)
        select (type.Assembly, $"{type.Type}::{metadata.GetString(member.Name)}")).ToArray());

    /// <summary>The methods, "Type::Method", that call a member of a type that is no constructed one.</summary>
    /// <param name="path">The path of the assembly that refers to it.</param>
    /// <param name="member">The member, as <see cref="Members"/> names it.</param>
    public static string[] Callers(string path, string member)
    {
        const byte Call = 0x28;
        const byte CallVirtual = 0x6F;
        using var image = new PEReader(File.OpenRead(path));
        var metadata = image.GetMetadataReader();
        var tokens = metadata.MemberReferences
            .Where(handle => metadata.GetMemberReference(handle) is var reference
                && reference.Parent.Kind == HandleKind.TypeReference
                && $"{Name(metadata, (TypeReferenceHandle)reference.Parent).Type}::{metadata.GetString(reference.Name)}" == member)
            .Select(handle => BitConverter.GetBytes(MetadataTokens.GetToken(handle)))
            .ToList();
        return [.. metadata.MethodDefinitions.Select(metadata.GetMethodDefinition).Where(CallsIt).Select(method =>
            $"{metadata.GetString(metadata.GetTypeDefinition(method.GetDeclaringType()).Name)}::{metadata.GetString(method.Name)}")];

        bool CallsIt(MethodDefinition method)
        {
            if (method.RelativeVirtualAddress == 0) return false;
            byte[] code = image.GetMethodBody(method.RelativeVirtualAddress).GetILBytes() ?? [];
            return tokens.Exists(token =>
                code.AsSpan().IndexOf([Call, .. token]) >= 0 || code.AsSpan().IndexOf([CallVirtual, .. token]) >= 0);
        }
    }

    private static T[] Read<T>(string path, Func<MetadataReader, T[]> read)
    {
        using var image = new PEReader(File.OpenRead(path));
        return read(image.GetMetadataReader());
    }

    private static (string Assembly, string Type) Name(MetadataReader metadata, TypeReferenceHandle handle)
    {
        var type = metadata.GetTypeReference(handle);
        string name = metadata.GetString(type.Name);
        if (type.ResolutionScope.Kind == HandleKind.TypeReference)
        {
            var (assembly, outer) = Name(metadata, (TypeReferenceHandle)type.ResolutionScope);
            return (assembly, $"{outer}+{name}");
        }

        string space = metadata.GetString(type.Namespace);
        string scope = type.ResolutionScope.Kind == HandleKind.AssemblyReference
            ? metadata.GetString(metadata.GetAssemblyReference((AssemblyReferenceHandle)type.ResolutionScope).Name)
            : "";
        return (scope, space.Length > 0 ? $"{space}.{name}" : name);
    }
}
