using System.Reflection;

namespace Vae.Testing;

/// <summary>What a project file tells its tests: its items AssemblyMetadata.</summary>
public static class BuildMetadata
{
    /// <summary>The value of one item.</summary>
    /// <param name="test">A type of the project.</param>
    /// <param name="key">The item.</param>
    public static string Of(Type test, string key) =>
        test.Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;
}
