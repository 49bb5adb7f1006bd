using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Vae.Networks;
using Vae.Numerics;
using Vae.Numerics.Simd;

namespace Vae.Inference;

/// <summary>A stack of <see cref="InferenceLayer"/>s. Immutable, so any number of threads may run it.</summary>
internal sealed unsafe class InferenceNetwork
{
    private readonly InferenceLayer[] _layers;

    public InferenceNetwork(IReadOnlyList<DenseShape> shapes, VaeParameters parameters)
    {
        _layers = [.. shapes.Select(shape => new InferenceLayer(shape, parameters))];
        OutputStride = _layers[^1].Stride;
        WidestStride = _layers.Max(layer => Math.Max(layer.Stride, Padding.Stride(layer.Inputs)));
    }

    /// <summary>The distance between the starts of two output rows.</summary>
    public int OutputStride { get; }

    /// <summary>The largest row stride that occurs: what a scratch row needs.</summary>
    public int WidestStride { get; }

    /// <summary>Runs all layers.</summary>
    /// <param name="rows">The number of rows.</param>
    /// <param name="input">The input rows.</param>
    /// <param name="inputStride">The distance between the starts of two input rows.</param>
    /// <param name="output">Receives the output rows, <see cref="OutputStride"/> apart.</param>
    /// <param name="scratch">Two areas of rows × <see cref="WidestStride"/> floats.</param>
    public void Run(int rows, ReadOnlySpan<float> input, int inputStride, Span<float> output, Span<float> scratch)
    {
        if (rows == 1)
        {
            RunRow(input, output, scratch);
            return;
        }

        var ping = scratch[..(rows * WidestStride)];
        var pong = scratch.Slice(rows * WidestStride, rows * WidestStride);
        for (int i = 0; i < _layers.Length; i++)
        {
            var layer = _layers[i];
            var target = i == _layers.Length - 1 ? output : ping;
            layer.Apply(rows, input, inputStride, target);
            input = target;
            inputStride = layer.Stride;
            ping = pong;
            pong = target;
        }
    }

    private void RunRow(ReadOnlySpan<float> input, Span<float> output, Span<float> scratch)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(input.Length, _layers[0].Inputs);
        ArgumentOutOfRangeException.ThrowIfLessThan(output.Length, OutputStride);
        ArgumentOutOfRangeException.ThrowIfLessThan(scratch.Length, 2 * WidestStride);
        fixed (float* x = input, y = output, ping = scratch)
        {
            if (Vector512.IsHardwareAccelerated)
                RunRow<SimdVector512>(x, y, ping, ping + WidestStride);
            else if (Vector256.IsHardwareAccelerated)
                RunRow<SimdVector256>(x, y, ping, ping + WidestStride);
            else
                RunRow<SimdVector128>(x, y, ping, ping + WidestStride);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void RunRow<TVector>(float* x, float* y, float* ping, float* pong)
        where TVector : unmanaged, ISimdVector<TVector>
    {
        var layers = _layers;
        for (int i = 0; i < layers.Length; i++)
        {
            float* target = i == layers.Length - 1 ? y : ping;
            layers[i].ApplyToRow<TVector>(x, target);
            x = target;
            ping = pong;
            pong = target;
        }
    }
}
