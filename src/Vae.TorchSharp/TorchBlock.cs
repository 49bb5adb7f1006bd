using TorchSharp;
using Vae.TorchSharp.Devices;
using Vae.TorchSharp.Losses;
using Vae.TorchSharp.Numerics;
using Vae.Training.Engines;
using Vae.Training.Rows;
using static TorchSharp.torch;

namespace Vae.TorchSharp;

/// <summary>A block of rows on the device: values, mask and weights side by side, so that one transfer brings them all.</summary>
internal sealed class TorchBlock : IDisposable
{
    private readonly int _rowWidth;
    private readonly int _slotCount;
    private readonly int _maskWidth;
    private readonly int _anchorWidth;
    private readonly int _width;
    private readonly Tensor _host;
    private readonly Tensor _device;

    /// <param name="rows">The largest number of rows, and what they have beside their values.</param>
    /// <param name="rowWidth">The number of slots, conditions included.</param>
    /// <param name="slotCount">D.</param>
    /// <param name="dimension">k.</param>
    /// <param name="device">Where the rows go.</param>
    public TorchBlock(EngineRows rows, int rowWidth, int slotCount, int dimension, Device device)
    {
        _rowWidth = rowWidth;
        _slotCount = slotCount;
        _maskWidth = rows.MayMiss ? slotCount : 0;
        _anchorWidth = rows.AnchorWidth(dimension);
        _width = rowWidth + _maskWidth + _anchorWidth + 1;
        using var scope = NewDisposeScope();
        var host = zeros(rows.Capacity, _width, ScalarType.Float32, CPU);
        _host = (device.type == DeviceType.CUDA ? host.pin_memory() : host).DetachFromDisposeScope();
        _device = _host.to(device).DetachFromDisposeScope();
    }

    /// <summary>Takes a block; slices of the one before are no longer valid.</summary>
    public void Load(RowBlock block)
    {
        var host = HostMemory.Of(_host);
        for (int row = 0; row < block.Count; row++)
        {
            var target = host.Slice(row * _width, _width);
            block.Values.Row(row).CopyTo(target);
            if (_maskWidth > 0) block.Mask!.Row(row).CopyTo(target[_rowWidth..]);
            if (_anchorWidth > 0) block.Anchors!.Row(row).CopyTo(target[(_rowWidth + _maskWidth)..]);
            target[^1] = block.Weights[row];
        }

        if (_device.device_type == DeviceType.CPU) return;
        using var from = _host.narrow(0, 0, block.Count);
        using var to = _device.narrow(0, 0, block.Count);
        to.copy_(from);
    }

    /// <summary>Some rows as a minibatch; views that belong to the current dispose scope.</summary>
    public TorchMinibatch Rows(int first, int count)
    {
        var rows = _device.narrow(0, first, count);
        return new TorchMinibatch(
            rows.narrow(1, 0, _rowWidth),
            rows.narrow(1, 0, _slotCount),
            _maskWidth > 0 ? rows.narrow(1, _rowWidth, _maskWidth) : null,
            rows.select(1, _width - 1).Times(1.0 / count),
            _anchorWidth > 0 ? rows.narrow(1, _rowWidth + _maskWidth, _anchorWidth) : null);
    }

    public void Dispose()
    {
        _host.Dispose();
        _device.Dispose();
    }
}
