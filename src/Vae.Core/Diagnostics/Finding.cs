namespace Vae.Diagnostics;

/// <summary>One thing that the diagnosis noticed.</summary>
/// <param name="Kind">What it is about.</param>
/// <param name="Message">A sentence or two in plain words; for a warning, with what to try.</param>
/// <param name="IsWarning">Whether something should be done about it.</param>
public sealed record Finding(FindingKind Kind, string Message, bool IsWarning);

/// <summary>What a <see cref="Finding"/> is about.</summary>
public enum FindingKind
{
    /// <summary>How many latent dimensions carry information.</summary>
    ActiveUnits,

    /// <summary>No latent dimension carries information: the posterior has collapsed to the prior.</summary>
    PosteriorCollapse,

    /// <summary>The KL term is switched off or vanishing beside the reconstruction: the model is a plain autoencoder.</summary>
    VanishingKullbackLeibler,

    /// <summary>How large the terms of the loss are, and the noise scale.</summary>
    Balance,

    /// <summary>Features that are not reconstructed better than a constant would be.</summary>
    PoorFeatures,

    /// <summary>Held-out rows are reconstructed much worse than training rows.</summary>
    Overfitting,

    /// <summary>Training ended at the largest number of epochs while the loss was still falling.</summary>
    StillImproving,

    /// <summary>Numeric slots that hold just two distinct values, as categories do that lost their kind on the way.</summary>
    TwoValuedNumbers,

    /// <summary>Features that hold one value only, or none at all.</summary>
    ConstantFeatures,

    /// <summary>Numeric slots with a few values so far out that mean and deviation say nothing of the others.</summary>
    HeavyTails,

    /// <summary>A training with <see cref="Options.VaeOptions.Robustness"/> that describes few rows, or hardly any feature.</summary>
    DegenerateRobustFit,
}
