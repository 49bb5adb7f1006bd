using TorchSharp.Modules;
using Vae.Data;
using Vae.Losses.Noise;
using Vae.Networks;
using Vae.Options;
using Vae.TorchSharp.Devices;
using Vae.TorchSharp.Networks;
using Vae.TorchSharp.Numerics;
using static TorchSharp.torch;

namespace Vae.TorchSharp.Losses;

/// <summary>The noise scale s of the numeric slots: where it is kept and how it moves.</summary>
internal sealed class TorchNoiseScale : IDisposable
{
    private const double SmallestWeight = 1e-30;

    private readonly SlotScales _scales;
    private readonly ColumnSelection? _numericSlots;
    private readonly Parameter? _learned;
    private readonly Tensor? _computed;
    private readonly Tensor? _fixed;
    private readonly double _smallest;
    private Tensor? _next;

    public TorchNoiseScale(FeatureLayout layout, VaeOptions options, VaeModule module, Device device)
    {
        using var scope = NewDisposeScope();
        _scales = new SlotScales(layout);
        _smallest = options.SmallestLearnedScale;
        int[] slots = layout.NumericSlots;
        if (slots.Length == 0) return;
        _numericSlots = new ColumnSelection(slots, layout.SlotCount, device);
        switch (options.NoiseScale)
        {
            case FixedNoiseScale given:
                _fixed = HostMemory.Upload([(float)Math.Log(given.Scale)], device).DetachFromDisposeScope();
                break;
            case ComputedNoiseScale:
                _computed = module.Buffers.View(TensorNames.MeanSquaredError).DetachFromDisposeScope();
                break;
            default:
                _learned = module.GetParameter(TensorNames.LogNoiseScale);
                break;
        }
    }

    /// <summary>log s: one value or one per numeric slot; null without numeric slots.</summary>
    public Tensor? LogScale() =>
        _computed is null
            ? _learned ?? _fixed
            : _computed.AtLeast(ComputedNoiseScale.MinimumSquare).log().Times(0.5);

    /// <summary>
    /// m ← min(m, 0.99·m + 0.01·MSE) over the observed numeric values, each with its row's weight, if the scale is computed. It is kept
    /// until after the step: m shares its memory with the running averages of batch normalization, which may not change before the
    /// gradients are there.
    /// </summary>
    public void TakeOutputs(Tensor outputs, TorchMinibatch rows)
    {
        if (_computed is null) return;
        using var frozen = no_grad();
        var error = _numericSlots!.Of(outputs) - _numericSlots.Of(rows.Targets);
        var weights = rows.Weights.unsqueeze(1) * (rows.Mask is null ? ones_like(error) : _numericSlots.Of(rows.Mask));
        var total = weights.sum();
        var mean = (error * error * weights).sum() / total.AtLeast(SmallestWeight);
        var next = _computed.minimum(_computed.Times(ComputedNoiseScale.Kept).Plus(mean.Times(ComputedNoiseScale.Taken)));
        _next = next.where(total.IsAbove(0), _computed);
    }

    /// <summary>Called after each optimizer step.</summary>
    public void AfterUpdate()
    {
        using var frozen = no_grad();
        _learned?.copy_(_learned.AtLeast(Math.Log(_smallest)));
        if (_next is null) return;
        _computed!.copy_(_next);
        _next = null;
    }

    /// <summary>The geometric mean of s over the numeric slots; NaN without them.</summary>
    public double Read()
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        if (LogScale() is not { } logScale) return double.NaN;
        var logs = new float[logScale.NumberOfElements];
        HostMemory.Download(logScale, logs);
        _scales.Set(logs);
        return _scales.Scale;
    }

    public void Dispose()
    {
        _numericSlots?.Dispose();
        _computed?.Dispose();
        _fixed?.Dispose();
    }
}
