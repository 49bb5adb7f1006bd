using Vae.Data;
using Vae.Diagnostics;
using Vae.History;
using Vae.Inference;
using Vae.Networks;
using Vae.Options;
using Vae.Synthesis;

namespace Vae.Persistence;

/// <summary>What a model is made of, and what a model file holds.</summary>
internal sealed record ModelParts(
    FeatureLayout Layout,
    VaeOptions Options,
    Standardization Standardization,
    VaeParameters Parameters,
    TrainingHistory History,
    VaeDiagnosis Diagnosis)
{
    /// <summary>The mixture fitted to the aggregate posterior; null if none was asked for.</summary>
    public LatentMixture? Mixture { get; init; }

    /// <summary>How the columns of new rows depend on one another beyond z; null if nothing is known of it.</summary>
    public DependentNoise? DependentNoise { get; init; }

    /// <summary>What each latent dimension is worth; empty in a model that an earlier version wrote.</summary>
    public IReadOnlyList<LatentAxis> Axes { get; init; } = [];

    /// <summary>The rows of the training in short; null in a model that an earlier version wrote.</summary>
    public RowProfile? Profile { get; init; }

    /// <summary>The units of the embedding.</summary>
    public EmbeddingUnits Units => new(Options.EmbeddingScale, Axes);
}
