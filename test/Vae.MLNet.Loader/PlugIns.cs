using System.Reflection;
using System.Runtime.Loader;

namespace Vae.MLNet.Loader;

/// <summary>Finds assemblies in a folder.</summary>
public sealed class PlugIns(string folder) : AssemblyLoadContext("plug-ins")
{
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        string path = Path.Combine(folder, assemblyName.Name + ".dll");
        return File.Exists(path) ? LoadFromAssemblyPath(path) : null;
    }
}
