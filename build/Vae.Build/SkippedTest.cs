namespace Vae.Build;

/// <summary>A test that was not run.</summary>
/// <param name="Name">Its full name, with its arguments if it has some.</param>
/// <param name="Reason">Why not, or an empty string.</param>
public sealed record SkippedTest(string Name, string Reason)
{
    /// <summary>The full name of its class.</summary>
    public string Class => Name.Split('(')[0] is var method && method.LastIndexOf('.') is > 0 and var end ? method[..end] : Name;
}
