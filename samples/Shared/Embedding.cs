namespace Vae.Samples;

/// <summary>Rows of <paramref name="Dimension"/> coordinates, one behind the other.</summary>
public sealed record Embedding(float[] Values, int Dimension)
{
    /// <summary>The number of rows.</summary>
    public int Count => Values.Length / Dimension;

    /// <summary>The coordinates of a row.</summary>
    public ReadOnlySpan<float> Row(int row) => Values.AsSpan(row * Dimension, Dimension);
}
