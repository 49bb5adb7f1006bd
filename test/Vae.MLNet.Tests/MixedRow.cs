using Microsoft.ML.Data;

namespace Vae.MLNet.Tests;

/// <summary>A row with every type of column that a VAE reads, and the texts that become one-hot slots.</summary>
public sealed class MixedRow
{
    public float Age { get; set; }

    public float Income { get; set; }

    public string Housing { get; set; } = "";

    public string Job { get; set; } = "";

    public bool Telephone { get; set; }

    /// <summary>0 to 3; ML.NET takes everything else for a missing key.</summary>
    [KeyType(4)]
    public uint Region { get; set; }

    [VectorType(6)]
    public VBuffer<float> Sparse { get; set; }

    public float Weight { get; set; }

    public bool Label { get; set; }
}
