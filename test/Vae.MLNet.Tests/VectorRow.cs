using Microsoft.ML.Data;

namespace Vae.MLNet.Tests;

public sealed class VectorRow
{
    [VectorType(4)]
    public float[] Features { get; set; } = [];
}
