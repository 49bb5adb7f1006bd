using static Vae.Options.OptionCheck;


namespace Vae.Options;

/// <content>The ranges of the options; a record that an option holds knows its own.</content>
public sealed partial record VaeOptions
{
    private const int LargestWidth = 1 << 16;

    /// <summary>With two, an odd number of rows would be cut into steps of which one has a single row.</summary>
    private const int SmallestNormalizedBatch = 3;

    /// <summary>Checks every option.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range; the message names it.</exception>
    /// <exception cref="ArgumentException">Two options do not go together; the message names both.</exception>
    public void Validate()
    {
        Between(LatentDimension, 1, LargestWidth);
        ArgumentNullException.ThrowIfNull(HiddenLayers);
        foreach (int width in HiddenLayers)
            Between(width, 1, LargestWidth, nameof(HiddenLayers));
        Require(HiddenLayers.Count <= 16, HiddenLayers.Count, "must have at most 16 layers", nameof(HiddenLayers));
        Defined(Activation);
        Defined(InitialWeights ?? default, nameof(InitialWeights));
        Defined(EmbeddingScale);
        Defined(Standardization);
        Defined(NumericLikelihood);
        Defined(OneHotLikelihood);
        Defined(LearningRateSchedule);
        Require(Dropout is >= 0 and < 1, Dropout, "must be in [0, 1)");
        NotNegative(InputNoise);
        Require(InputMasking is >= 0 and < 1, InputMasking, "must be in [0, 1)");
        Require(Robustness is >= 0 and <= 10, Robustness, "must be in [0, 10]");
        Defined(RobustnessForm);
        Positive(ReconstructionWeight);
        Positive(LearningRate);
        NotNegative(WeightDecay);
        Require(GradientClipNorm > 0, GradientClipNorm, "must be positive (infinite for no clipping)");
        Require(ValidationFraction is >= 0 and <= 0.9, ValidationFraction, "must be in [0, 0.9]");
        Between(Epochs, 1, int.MaxValue);
        Between(BatchSize ?? 1, 1, 1 << 20, nameof(BatchSize));
        Between(EarlyStoppingPatience, 1, int.MaxValue);
        Between(EarlyStoppingSteps ?? 1, 1, int.MaxValue, nameof(EarlyStoppingSteps));
        Between(MixtureComponents, 0, 256);
        if (MixtureComponents > 0) Between(LatentDimension, 1, MostMixedDimensions);
        ArgumentNullException.ThrowIfNull(NoiseScale);
        NoiseScale.Validate();
        ArgumentNullException.ThrowIfNull(Regularizer);
        Regularizer.Validate();
        if (Regularizer.ComparesRows && BatchSize < 2)
        {
            throw new ArgumentException(
                $"The {Regularizer.GetType().Name} compares the rows of a minibatch: {nameof(BatchSize)} must be at least 2.");
        }

        ArgumentNullException.ThrowIfNull(RegularizerSchedule);
        RegularizerSchedule.Validate();
    }

    /// <summary>The same, and what models that were trained by an earlier version may have and a new training may not.</summary>
    internal void ValidateForTraining()
    {
        Validate();
        if (!BatchNormalization || BatchSize is null or >= SmallestNormalizedBatch) return;
        throw new ArgumentException(
            $"{nameof(BatchNormalization)} measures the variance over a minibatch, and a single row has none: {nameof(BatchSize)} "
            + $"must be at least {SmallestNormalizedBatch}, so that no step has one row, but it is {BatchSize}.");
    }
}
