using Xunit;

namespace Vae.Tests;

/// <summary>Tests that no other test may run beside, because they count what the whole process does.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "Alone";
}
