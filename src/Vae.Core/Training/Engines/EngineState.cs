using Vae.Networks;

namespace Vae.Training.Engines;

/// <summary>Everything that the next steps of an engine depend on.</summary>
internal sealed class EngineState(NetworkShape shape)
{
    /// <summary>The weights and buffers.</summary>
    public VaeParameters Parameters { get; } = new(shape);

    /// <summary>The optimizer's running means of the gradients.</summary>
    public TensorSet FirstMoments { get; } = new(shape.Weights);

    /// <summary>The optimizer's running means of the squared gradients.</summary>
    public TensorSet SecondMoments { get; } = new(shape.Weights);

    /// <summary>The number of steps that the optimizer has taken.</summary>
    public long OptimizerSteps { get; set; }

    /// <summary>The state of the random numbers where they are not a function of seed and step; else empty.</summary>
    public byte[] RandomState { get; set; } = [];
}
