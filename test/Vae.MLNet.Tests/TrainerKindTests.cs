using FluentAssertions;
using Microsoft.ML;
using Microsoft.ML.Runtime;
using Xunit;

namespace Vae.MLNet.Tests;

/// <summary>Which trainer an application gets that has added no libtorch, like these tests.</summary>
public sealed class TrainerKindTests
{
    private readonly MLContext _mlContext = new(1);
    private readonly List<LoggingEventArgs> _log = [];

    public TrainerKindTests() => _mlContext.Log += (_, message) => _log.Add(message);

    [Fact]
    public void Auto_is_the_managed_trainer_and_the_log_says_why()
    {
        Fit(TrainerKind.Auto).History.Trainer.Should().Be("Managed");
        _log.Should().Contain(message => message.Kind == ChannelMessageKind.Info
            && message.Message.Contains("Training in managed code: TorchSharp cannot load libtorch", StringComparison.Ordinal)
            && message.Message.Contains("TorchSharp-cpu", StringComparison.Ordinal));
    }

    [Fact]
    public void Asking_for_TorchSharp_names_the_packages_to_add() =>
        Failure.Of<InvalidOperationException>(
            () => Fit(TrainerKind.TorchSharp), "TorchSharp-cpu", "TorchSharp-cuda-linux", "TorchSharp-cuda-windows");

    [Fact]
    public void Auto_with_a_GPU_warns_that_it_trains_in_managed_code()
    {
        _mlContext.GpuDeviceId = 0;
        _mlContext.FallbackToCpu = true;
        Fit(TrainerKind.Auto).History.Trainer.Should().Be("Managed");
        _log.Should().Contain(message => message.Kind == ChannelMessageKind.Warning
            && message.Message.Contains("not on GPU 0: ", StringComparison.Ordinal));
    }

    [Fact]
    public void Auto_with_a_GPU_is_an_error_if_training_may_not_fall_back()
    {
        _mlContext.GpuDeviceId = 0;
        _mlContext.FallbackToCpu = false;
        Failure.Of<InvalidOperationException>(() => Fit(TrainerKind.Auto), "GPU 0 cannot be used", "TorchSharp-cuda-linux");
    }

    [Fact]
    public void The_managed_trainer_does_not_mind_the_GPU()
    {
        _mlContext.GpuDeviceId = 0;
        _mlContext.FallbackToCpu = false;
        Fit(TrainerKind.Managed).History.Trainer.Should().Be("Managed");
    }

    private VaeEmbeddingTransformer Fit(TrainerKind kind)
    {
        var options = Quick.Options("Features");
        options.Trainer = kind;
        return _mlContext.Transforms.VaeEmbed(options).Fit(Tables.Vectors(_mlContext));
    }
}
