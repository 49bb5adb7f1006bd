using System.Text.Json.Serialization;
using Vae.Networks;

namespace Vae.Persistence;

/// <summary>Tensors as the data of a file: one behind the other, row by row, without padding.</summary>
internal static class TensorData
{
    /// <summary>The number of values of all tensors.</summary>
    public static long Count(TensorLayout layout) => layout.Tensors.Sum(tensor => (long)tensor.Rows * tensor.Columns);

    /// <summary>Writes weights, then buffers.</summary>
    public static void Write(VaeParameters parameters, DataWriter writer)
    {
        Write(parameters.Weights, writer);
        Write(parameters.Buffers, writer);
    }

    public static void Write(TensorSet tensors, DataWriter writer)
    {
        foreach (var tensor in tensors.Layout.Tensors)
        {
            for (int row = 0; row < tensor.Rows; row++)
                writer.Write(tensors.Row(tensor.Name, row));
        }
    }

    /// <summary>Reads weights, then buffers.</summary>
    public static void Read(VaeParameters parameters, ref DataReader reader)
    {
        Read(parameters.Weights, ref reader);
        Read(parameters.Buffers, ref reader);
    }

    public static void Read(TensorSet tensors, ref DataReader reader)
    {
        foreach (var tensor in tensors.Layout.Tensors)
        {
            for (int row = 0; row < tensor.Rows; row++)
                reader.Read(tensors.Row(tensor.Name, row));
        }
    }

    /// <summary>
    /// The first tensor with a value that no training leaves: one that is not finite or less than it can be, such as a negative variance;
    /// null if there is none.
    /// </summary>
    public static string? FindImpossible(TensorSet tensors, float smallest = float.MinValue)
    {
        foreach (var tensor in tensors.Layout.Tensors)
        {
            float least = TensorNames.IsNeverNegative(tensor.Name) ? 0 : smallest;
            foreach (float value in tensors[tensor.Name])
            {
                if (!(value >= least && value <= float.MaxValue)) return tensor.Name;
            }
        }

        return null;
    }
}

/// <summary>A tensor's name and shape in a header.</summary>
/// <param name="Name">The name, as <see cref="TensorNames"/> gives it.</param>
/// <param name="Shape">Rows and columns.</param>
[method: JsonConstructor]
internal readonly record struct TensorHeader(string Name, IReadOnlyList<int> Shape)
{
    public static TensorHeader Of(TensorShape tensor) => new(tensor.Name, [tensor.Rows, tensor.Columns]);

    /// <summary>The headers of all tensors of a network, in the order of the data.</summary>
    public static TensorHeader[] Of(NetworkShape shape) => [.. shape.Weights.Tensors.Concat(shape.Buffers.Tensors).Select(Of)];

    /// <summary>Whether both have the same name and shape.</summary>
    public bool Matches(TensorHeader other) => Name == other.Name && Shape.SequenceEqual(other.Shape);
}
