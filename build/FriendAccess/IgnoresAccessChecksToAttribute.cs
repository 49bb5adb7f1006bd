// Compiled into Vae.MLNet by FriendAccess.targets: stands in for access that ML.NET gives to its own assemblies only.
using System.Runtime.CompilerServices;

[assembly: IgnoresAccessChecksTo("Microsoft.ML.Core")]
[assembly: IgnoresAccessChecksTo("Microsoft.ML.Data")]

namespace System.Runtime.CompilerServices;

/// <summary>
/// Lets this assembly use the internal members of another one. The runtime knows the attribute by its name; no library declares it.
/// </summary>
/// <param name="assemblyName">The simple name of the other assembly.</param>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
internal sealed class IgnoresAccessChecksToAttribute(string assemblyName) : Attribute
{
    /// <summary>The simple name of the other assembly.</summary>
    public string AssemblyName { get; } = assemblyName;
}
