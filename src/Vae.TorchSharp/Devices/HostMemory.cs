using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Vae.TorchSharp.Devices;

/// <summary>The floats of tensors as spans, and back.</summary>
internal static class HostMemory
{
    /// <summary>The values of a contiguous tensor in the processor's memory, in place; valid while the tensor is.</summary>
    public static Span<float> Of(Tensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.bytes);

    /// <summary>A tensor with these values on a device, in one transfer.</summary>
    public static Tensor Upload(ReadOnlySpan<float> values, Device device)
    {
        using var host = empty(values.Length, ScalarType.Float32, CPU);
        values.CopyTo(Of(host));
        return host.to(device);
    }

    /// <summary>Copies the values of a contiguous tensor out, in one transfer.</summary>
    public static void Download(Tensor tensor, Span<float> values)
    {
        using var host = tensor.cpu();
        Of(host).CopyTo(values);
    }
}
