using Vae.Networks;

namespace Vae.Persistence;

/// <summary>A tensor's name and shape in a header.</summary>
/// <param name="Name">The name, as <see cref="TensorNames"/> gives it.</param>
/// <param name="Shape">Rows and columns.</param>
internal readonly record struct TensorHeader(string Name, IReadOnlyList<int> Shape)
{
    public static TensorHeader Of(TensorShape tensor) => new(tensor.Name, [tensor.Rows, tensor.Columns]);

    /// <summary>The headers of all tensors of a network, in the order of the data.</summary>
    public static TensorHeader[] Of(NetworkShape shape) => [.. shape.Weights.Tensors.Concat(shape.Buffers.Tensors).Select(Of)];

    /// <summary>Whether both have the same name and shape.</summary>
    public bool Matches(TensorHeader other) => Name == other.Name && Shape.SequenceEqual(other.Shape);
}
