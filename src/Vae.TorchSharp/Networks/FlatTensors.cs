using Vae.Networks;
using Vae.TorchSharp.Devices;
using static TorchSharp.torch;

namespace Vae.TorchSharp.Networks;

/// <summary>
/// The tensors of a layout one behind the other in one tensor on a device, so that an optimizer step or a transfer is one operation for
/// all of them. Without the padding of the layout: libtorch wants the gradients of its parameters dense.
/// </summary>
internal sealed class FlatTensors : IDisposable
{
    private readonly TensorLayout _layout;
    private readonly Dictionary<string, long> _offsets = [];
    private readonly int _length;

    private FlatTensors(TensorLayout layout, Device device)
    {
        _layout = layout;
        foreach (var tensor in layout.Tensors)
        {
            _offsets.Add(tensor.Name, _length);
            _length += tensor.Rows * tensor.Columns;
        }

        Values = zeros(_length, ScalarType.Float32, device).DetachFromDisposeScope();
    }

    /// <summary>All values.</summary>
    public Tensor Values { get; }

    /// <summary>A copy of a model's tensors.</summary>
    public static FlatTensors CopyOf(TensorSet tensors, Device device)
    {
        var copy = new FlatTensors(tensors.Layout, device);
        copy.Load(tensors);
        return copy;
    }

    /// <summary>Zeros.</summary>
    public static FlatTensors Zeros(TensorLayout layout, Device device) => new(layout, device);

    /// <summary>One tensor, in place: a matrix if it is a dense layer's weights, else a vector.</summary>
    public Tensor View(string name)
    {
        var tensor = _layout[name];
        var values = Values.narrow(0, _offsets[name], tensor.Rows * tensor.Columns);
        return tensor.Decays ? values.view(tensor.Rows, tensor.Columns) : values;
    }

    /// <summary>Copies everything out.</summary>
    public void Save(TensorSet target)
    {
        var values = new float[_length];
        HostMemory.Download(Values, values);
        foreach (var tensor in _layout.Tensors)
            target.Import(tensor.Name, values.AsSpan((int)_offsets[tensor.Name], tensor.Rows * tensor.Columns));
    }

    /// <summary>Takes everything from a copy.</summary>
    public void Load(TensorSet source)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        float[] values = [.. _layout.Tensors.SelectMany(tensor => source.Export(tensor.Name))];
        Values.copy_(HostMemory.Upload(values, Values.device));
    }

    public void Dispose() => Values.Dispose();
}
