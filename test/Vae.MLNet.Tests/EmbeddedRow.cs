namespace Vae.MLNet.Tests;

public sealed class EmbeddedRow
{
    public float[] Embedding { get; set; } = [];
}
