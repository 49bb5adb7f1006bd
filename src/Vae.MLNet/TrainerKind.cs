namespace Vae.MLNet;

/// <summary>What trains the VAE. Every trainer minimizes the same loss and gives the same kind of model.</summary>
public enum TrainerKind
{
    /// <summary><see cref="TorchSharp"/> where libtorch can be loaded, else <see cref="Managed"/>; the log says which, and why.</summary>
    Auto,

    /// <summary>
    /// Managed code on the processor: no native dependency, and bit-identical models for the same seed, data and options on one machine.
    /// </summary>
    Managed,

    /// <summary>
    /// libtorch on the processor or, if <c>MLContext.GpuDeviceId</c> is set, on that GPU. The application has to refer to one of the
    /// packages TorchSharp-cpu, TorchSharp-cuda-linux and TorchSharp-cuda-windows.
    /// </summary>
    TorchSharp,
}
