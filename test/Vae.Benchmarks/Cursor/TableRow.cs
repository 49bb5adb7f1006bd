using Microsoft.ML.Data;

namespace Vae.Benchmarks.Cursor;

/// <summary>A row as wide as the smallest network.</summary>
public sealed class TableRow
{
    /// <summary>The number of slots.</summary>
    public const int Slots = 13;

    /// <summary>What is embedded.</summary>
    [VectorType(Slots)]
    public float[] Features { get; set; } = [];
}
