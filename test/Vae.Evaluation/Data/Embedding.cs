namespace Vae.Evaluation.Data;

/// <summary>Rows of <paramref name="Dimension"/> coordinates, one behind the other.</summary>
internal sealed record Embedding(float[] Values, int Dimension)
{
    public int Count => Values.Length / Dimension;

    public ReadOnlySpan<float> Row(int row) => Values.AsSpan(row * Dimension, Dimension);
}
