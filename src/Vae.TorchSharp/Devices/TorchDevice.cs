using TorchSharp;

namespace Vae.TorchSharp.Devices;

/// <summary>Where a training computes.</summary>
internal static class TorchDevice
{
    /// <summary>Chooses a GPU by number, or the processor.</summary>
    /// <param name="gpuDeviceId">The number of the GPU, counted from 0; null is the processor.</param>
    /// <param name="fallbackToCpu">Whether the processor will do if there is no such GPU.</param>
    /// <exception cref="InvalidOperationException">There is no such GPU, and the processor will not do.</exception>
    public static torch.Device Choose(int? gpuDeviceId, bool fallbackToCpu)
    {
        if (gpuDeviceId is not { } id) return torch.CPU;
        if (WhyNot(id) is not { } reason) return new torch.Device(DeviceType.CUDA, id);
        if (fallbackToCpu) return torch.CPU;
        throw new InvalidOperationException(
            $"GPU {id} cannot be used: {reason}. Choose another one, or let training fall back to the processor.");
    }

    /// <summary>Why a GPU cannot be used, or null if it can.</summary>
    public static string? WhyNot(int gpuDeviceId)
    {
        if (!torch.cuda.is_available())
        {
            return "libtorch sees no CUDA device (with TorchSharp-cpu it never does; TorchSharp-cuda-linux or TorchSharp-cuda-windows is "
                + "needed)";
        }

        int count = torch.cuda.device_count();
        return gpuDeviceId >= 0 && gpuDeviceId < count ? null : $"this machine has {count} of them, counted from 0";
    }

    /// <summary>The name of a device in histories and logs.</summary>
    public static string Describe(torch.Device device) => device.type == DeviceType.CUDA ? $"CUDA {device.index}" : "CPU";
}
