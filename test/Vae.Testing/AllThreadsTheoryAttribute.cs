using Xunit;

namespace Vae.Testing;

/// <summary>
/// A theory about what all threads allocate. A coverage run skips it, with the reason: it rewrites the library, and the rewritten code
/// allocates some bytes per parallel step that the library's own code does not.
/// </summary>
public sealed class AllThreadsTheoryAttribute : TheoryAttribute
{
    private static readonly bool IsRewritten = typeof(VaeModel).Assembly.GetTypes()
        .Any(type => type.Namespace?.StartsWith("Coverlet.Core.Instrumentation", StringComparison.Ordinal) == true);

    /// <summary>Looks at the library.</summary>
    public AllThreadsTheoryAttribute() =>
        Skip = AllocatedBytes.Skip
            ?? (IsRewritten ? "The coverage run has rewritten the library, and what its worker threads allocate has changed." : null);
}
