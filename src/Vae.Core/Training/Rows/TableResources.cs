namespace Vae.Training.Rows;

/// <summary>What a table may use while it is read and kept, and who may stop its reading.</summary>
internal sealed record TableResources
{
    /// <summary>The bytes that the rows may take in memory, unless it is given.</summary>
    public const long DefaultMemoryBudget = 512L << 20;

    /// <summary>The bytes that the rows may take in memory; a larger table goes to a temporary file.</summary>
    public long MemoryBudget { get; init; } = DefaultMemoryBudget;

    /// <summary>The folder for the temporary file; null is the system's.</summary>
    public string? TemporaryFolder { get; init; }

    /// <summary>Looked at before every reading of rows.</summary>
    public CancellationToken CancellationToken { get; init; }
}
