using FluentAssertions;
using TorchSharp;
using Vae.Options;
using Vae.TorchSharp.Devices;

namespace Vae.TorchSharp.Tests;

/// <summary>Which device a training takes.</summary>
public sealed class DeviceTests
{
    /// <summary>No machine has as many.</summary>
    private const int NoSuchGpu = 4711;

    [TorchFact]
    public void Without_a_number_it_is_the_processor() => TorchDevice.Choose(null, fallbackToCpu: false).type.Should().Be(DeviceType.CPU);

    [TorchFact]
    public void A_GPU_that_is_not_there_falls_back_to_the_processor()
    {
        var options = new VaeOptions { LatentDimension = 2, HiddenLayers = [4], Epochs = 1 };
        var model = new TorchTrainer { GpuDeviceId = NoSuchGpu }.Train(TestTables.Rows(TestLayouts.Numeric, 50), options);

        model.History!.Trainer.Should().Be("TorchSharp (CPU)");
    }

    [TorchFact]
    public void A_GPU_that_is_not_there_is_an_error_if_it_may_not_fall_back()
    {
        var train = () => new TorchTrainer { GpuDeviceId = NoSuchGpu, FallbackToCpu = false }
            .Train(TestTables.Rows(TestLayouts.Numeric, 50), new VaeOptions());

        train.Should().Throw<InvalidOperationException>().WithMessage("GPU 4711 cannot be used: *");
    }

    [TorchFact]
    public void A_GPU_that_is_there_is_taken_by_number()
    {
        if (!torch.cuda.is_available())
        {
            TorchDevice.WhyNot(0).Should().Contain("TorchSharp-cuda-linux");
            return;
        }

        var device = TorchDevice.Choose(0, fallbackToCpu: false);
        device.type.Should().Be(DeviceType.CUDA);
        device.index.Should().Be(0);
        TorchDevice.Describe(device).Should().Be("CUDA 0");
    }
}
