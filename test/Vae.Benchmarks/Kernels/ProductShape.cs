namespace Vae.Benchmarks.Kernels;

/// <summary>A layer: rows of a minibatch, outputs and inputs.</summary>
public readonly record struct ProductShape(int Rows, int Columns, int Depth)
{
    public override string ToString() => $"{Rows}×{Columns}×{Depth}";
}
