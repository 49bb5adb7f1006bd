namespace Vae.MLNet;

/// <summary>What trains the VAE. Every trainer minimizes the same loss and gives the same kind of model.</summary>
public enum TrainerKind
{
    /// <summary>The best one that is there.</summary>
    Auto,

    /// <summary>Managed code on the processor: no native dependency, and bit-identical models for the same seed, data and options.</summary>
    Managed,
}
