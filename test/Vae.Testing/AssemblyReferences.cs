using System.Reflection.Metadata;
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
