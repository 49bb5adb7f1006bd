using Vae.Networks;
using static TorchSharp.torch;

namespace Vae.TorchSharp;

/// <summary>
/// The tensors of a layout side by side in one tensor on a device, in the layout that models use: an optimizer step or a copy is one operation
/// for all of them.
/// </summary>
internal sealed class FlatTensors : IDisposable
{
    private readonly TensorLayout _layout;

    private FlatTensors(TensorLayout layout, Tensor values)
    {
        _layout = layout;
        Values = values.DetachFromDisposeScope();
    }

    /// <summary>All values with their padding.</summary>
    public Tensor Values { get; }

    /// <summary>A copy of a model's tensors.</summary>
    public static FlatTensors CopyOf(TensorSet tensors, Device device) => new(tensors.Layout, HostMemory.Upload(tensors.Values, device));

    /// <summary>Zeros.</summary>
    public static FlatTensors Zeros(TensorLayout layout, Device device) => new(layout, zeros(layout.PaddedLength, ScalarType.Float32, device));

    /// <summary>One tensor, in place: a matrix, or a vector if it has one row.</summary>
    public Tensor View(string name)
    {
        var tensor = _layout[name];
        return tensor.Rows == 1 && !tensor.Decays
            ? Values.narrow(0, tensor.Offset, tensor.Columns)
            : Values.as_strided([tensor.Rows, tensor.Columns], [tensor.Stride, 1], tensor.Offset);
    }

    /// <summary>Copies everything out.</summary>
    public void Save(TensorSet target) => HostMemory.Download(Values, target.Values);

    /// <summary>Takes everything from a copy.</summary>
    public void Load(TensorSet source)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        Values.copy_(HostMemory.Upload(source.Values, Values.device));
    }

    public void Dispose() => Values.Dispose();
}
