using Vae.Data;
using Vae.History;
using Vae.Options;

namespace Vae.Diagnostics;

/// <summary>What findings are made from.</summary>
internal sealed record FindingEvidence
{
    /// <summary>Below this many nats per row, the KL says that the posterior ignores the row.</summary>
    private const double NoInformation = 0.05;

    /// <summary>Above this many nats per dimension, the prior no longer shapes the latent space.</summary>
    private const double Unregularized = 12;

    /// <summary>Beyond this many nats per feature between the reconstruction of held-out and training rows, the model overfits.</summary>
    private const double GapPerFeature = 0.15;

    /// <summary>What was measured.</summary>
    public required VaeDiagnosis Diagnosis { get; init; }

    /// <summary>The same on training rows.</summary>
    public required VaeDiagnosis Trained { get; init; }

    /// <summary>The numeric slots that hold two values.</summary>
    public IReadOnlyList<TwoValuedSlot> TwoValued { get; init; } = [];

    /// <summary>The numeric slots with heavy tails.</summary>
    public IReadOnlyList<HeavyTailedSlot> HeavyTailed { get; init; } = [];

    /// <summary>The number of modelled slots.</summary>
    public required int Width { get; init; }

    /// <summary>The options of the training.</summary>
    public required VaeOptions Options { get; init; }

    /// <summary>Its course.</summary>
    public required TrainingHistory History { get; init; }

    /// <summary>k.</summary>
    public int Dimensions => Diagnosis.KullbackLeiblerPerDimension.Count;

    /// <summary>The number of dimensions that a table of this width can use.</summary>
    public int UsableDimensions => Math.Min(Dimensions, Width);

    /// <summary>The number of dimensions that could carry information and do not.</summary>
    public int Idle => Math.Max(0, UsableDimensions - Diagnosis.ActiveUnits);

    public bool IsCollapsed => Diagnosis.ActiveUnits == 0 || Diagnosis.KullbackLeibler < NoInformation;

    public bool IsUnregularized =>
        Options.Regularizer is KullbackLeiblerOptions { Beta: 0 } || Diagnosis.KullbackLeibler > Unregularized * Dimensions;

    /// <summary>
    /// The nats per row that the reconstruction of held-out rows costs more than that of training rows; 0 where that is little. Both are of
    /// clean rows, without dropout: the losses of an epoch are not, for noise and gaps make that of the training rows larger.
    /// </summary>
    public double Gap
    {
        get
        {
            double gap = Diagnosis.HeldOut ? Diagnosis.Reconstruction - Trained.Reconstruction : 0;
            return gap > GapPerFeature * Diagnosis.Features.Count ? gap : 0;
        }
    }

    /// <summary>Whether outliers can have made a quality or a gap what it is.</summary>
    public bool HasUnmendedTails =>
        HeavyTailed.Count > 0
        && (Options.Standardization == StandardizationMethod.MeanAndDeviation
            || (Options.Standardization == StandardizationMethod.MedianAndRange && Options.Robustness == 0));
}
