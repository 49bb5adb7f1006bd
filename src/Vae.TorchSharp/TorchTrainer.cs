using Vae.Data;
using Vae.Options;
using Vae.TorchSharp.Devices;
using Vae.Training;
using Vae.Training.Engines;
using Vae.Training.Managed;

namespace Vae.TorchSharp;

/// <summary>
/// Trains with libtorch, on the processor or on a GPU: what wide networks want. Same options, same loss and same kind of model as
/// <see cref="ManagedTrainer"/>; the random numbers of the training steps are other ones, and no native memory outlives a training.
/// </summary>
/// <remarks>
/// The application chooses the libtorch by the package that it refers to: TorchSharp-cpu, TorchSharp-cuda-linux or
/// TorchSharp-cuda-windows. With one thread on the processor, the same seed, data and options give the same model; libtorch promises as
/// much neither for several threads nor for a GPU. Trainings may run on several threads at once. libtorch's own random numbers, thread
/// count and gradient mode are left as they were.
/// </remarks>
public sealed class TorchTrainer : IVaeTrainer
{
    /// <summary>The number of the GPU to train on, counted from 0, or null for the processor.</summary>
    public int? GpuDeviceId { get; init; }

    /// <summary>Whether to train on the processor when there is no such GPU, instead of failing.</summary>
    public bool FallbackToCpu { get; init; } = true;

    /// <summary>Where it will train.</summary>
    internal string DeviceName => TorchDevice.Describe(TorchDevice.Choose(GpuDeviceId, FallbackToCpu));

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">
    /// There is no libtorch, and the message names the packages that bring one; or there is no such GPU and <see cref="FallbackToCpu"/>
    /// is false.
    /// </exception>
    public VaeModel Train(IFeatureRows rows, VaeOptions options, TrainingContext? context = null)
    {
        context ??= new TrainingContext();
        TorchLibrary.Require();
        var device = TorchDevice.Choose(GpuDeviceId, FallbackToCpu);
        using var session = TrainingSession.Begin(rows, options, context);
        using var surroundings = new TorchSurroundings(context.ThreadCount);
        var table = session.Table;
        var rowsOfEngine = new EngineRows(table.BlockCapacity, table.MayMiss, table.TrainingRows, context.UsedAnchorWeight);
        using var engine = new TorchEngine(session.Options, table.Layout, session.Parameters, rowsOfEngine, device);
        return new TrainingLoop(session, engine).Run();
    }
}
