namespace Vae.Options;

/// <content>What follows from the options, and what is the same for all of them: both trainers read it here.</content>
public sealed partial record VaeOptions
{
    /// <summary>A robustness below this is none: the limit is −log p, and a reciprocal would overflow single precision.</summary>
    private const double SmallestRobustness = 1e-30;

    /// <summary>The decay of Adam's running mean of the gradients.</summary>
    internal const double FirstMomentDecay = 0.9;

    /// <summary>The decay of Adam's running mean of the squared gradients.</summary>
    internal const double SecondMomentDecay = 0.999;

    /// <summary>What Adam adds to a denominator.</summary>
    internal const double AdamEpsilon = 1e-8;

    /// <summary>What batch normalization adds to a variance.</summary>
    internal const float NormalizationEpsilon = 1e-5f;

    /// <summary>The share of a minibatch in batch normalization's running averages.</summary>
    internal const float NormalizationMomentum = 0.1f;

    /// <summary>c of <see cref="NumericLikelihoodKind.LogCosh"/>.</summary>
    internal const double LogCoshSharpness = 10;

    /// <summary>log σ² of the posterior is held at or above this, and gradients do not pass the bound.</summary>
    internal const float SmallestLogVariance = -20;

    /// <summary>log σ² of the posterior is held at or below this, and gradients do not pass the bound.</summary>
    internal const float LargestLogVariance = 10;

    /// <summary>The largest latent dimension of a mixture, whose covariances grow with its square.</summary>
    internal const int MostMixedDimensions = 64;

    /// <summary>Whether the reconstruction term is a β-divergence.</summary>
    internal bool IsRobust => Robustness >= SmallestRobustness;

    /// <summary>The smallest noise scale that is learned.</summary>
    internal double SmallestLearnedScale => IsRobust ? NoiseScaleOptions.RobustMinimum : NoiseScaleOptions.Minimum;

    /// <summary>Whether the encoder sees something else than the rows in training.</summary>
    internal bool CorruptsInput => InputNoise > 0 || InputMasking > 0;
}
