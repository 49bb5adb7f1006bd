using Vae.Numerics;

namespace Vae.Networks;

/// <summary>One tensor of a <see cref="TensorLayout"/>: a matrix with padded rows that starts at <paramref name="Offset"/>.</summary>
internal sealed record TensorShape(string Name, int Rows, int Columns, int Offset, bool Decays)
{
    /// <summary>The distance between the starts of two rows.</summary>
    public int Stride => Padding.Stride(Columns);

    /// <summary>The number of floats with padding.</summary>
    public int PaddedLength => Rows * Stride;
}
