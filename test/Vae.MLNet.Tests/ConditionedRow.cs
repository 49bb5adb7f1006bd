using Microsoft.ML.Data;

namespace Vae.MLNet.Tests;

/// <summary>A row with a class that an embedding can be conditioned on.</summary>
public sealed class ConditionedRow
{
    [VectorType(4)]
    public float[] Features { get; set; } = [];

    public bool IsSpecial { get; set; }
}
