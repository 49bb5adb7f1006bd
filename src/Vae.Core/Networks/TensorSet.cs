using Vae.Numerics;

namespace Vae.Networks;

/// <summary>The values of the tensors of a layout. Padding is 0.</summary>
internal sealed class TensorSet(TensorLayout layout)
{
    public TensorLayout Layout { get; } = layout;

    /// <summary>All tensors with their padding, each from the start of a cache line on; the garbage collector does not move them.</summary>
    public ArraySegment<float> Values { get; } = AlignedFloats.Allocate(layout.PaddedLength);

    /// <summary>A tensor with its padding.</summary>
    public Span<float> this[string name]
    {
        get
        {
            var tensor = Layout[name];
            return Values.AsSpan(tensor.Offset, tensor.PaddedLength);
        }
    }

    /// <summary>A tensor as a matrix.</summary>
    public MatrixView View(TensorShape tensor) =>
        new(Values.AsSpan(tensor.Offset, tensor.PaddedLength), tensor.Rows, tensor.Columns, tensor.Stride);

    /// <summary>One row of a tensor, without padding.</summary>
    public Span<float> Row(string name, int row = 0)
    {
        var tensor = Layout[name];
        return Values.AsSpan(tensor.Offset + row * tensor.Stride, tensor.Columns);
    }

    /// <summary>The values of one tensor, row behind row, without padding.</summary>
    public float[] Export(string name)
    {
        var tensor = Layout[name];
        var values = new float[tensor.Rows * tensor.Columns];
        for (int row = 0; row < tensor.Rows; row++)
            Row(name, row).CopyTo(values.AsSpan(row * tensor.Columns));
        return values;
    }

    /// <summary>Sets one tensor from values without padding.</summary>
    public void Import(string name, ReadOnlySpan<float> values)
    {
        var tensor = Layout[name];
        for (int row = 0; row < tensor.Rows; row++)
            values.Slice(row * tensor.Columns, tensor.Columns).CopyTo(Row(name, row));
    }

    public void CopyFrom(TensorSet other) => other.Values.CopyTo(Values);
}
