namespace Vae.Build;

/// <summary>Something that keeps a build program from going on, with what the failing command printed.</summary>
public sealed class BuildException(string message, string details) : Exception(message)
{
    /// <summary>What the failing command printed.</summary>
    public string Details { get; } = details;
}
