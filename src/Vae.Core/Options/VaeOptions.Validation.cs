using System.Runtime.CompilerServices;

namespace Vae.Options;

/// <content>The check of all options in one place.</content>
public sealed partial record VaeOptions
{
    private const int LargestWidth = 1 << 16;

    /// <summary>Checks every option.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range; the message names it.</exception>
    /// <exception cref="ArgumentException">Two options do not go together; the message names both.</exception>
    public void Validate()
    {
        Between(LatentDimension, 1, LargestWidth);
        ArgumentNullException.ThrowIfNull(HiddenLayers);
        foreach (int width in HiddenLayers)
            Between(width, 1, LargestWidth, nameof(HiddenLayers));
        if (HiddenLayers.Count > 16) throw Out(nameof(HiddenLayers), HiddenLayers.Count, "must have at most 16 layers");
        Defined(Activation);
        Defined(Standardization);
        Defined(NumericLikelihood);
        Defined(OneHotLikelihood);
        Defined(LearningRateSchedule);
        Require(Dropout is >= 0 and < 1, Dropout, "must be in [0, 1)");
        NotNegative(InputNoise, nameof(InputNoise));
        Require(InputMasking is >= 0 and < 1, InputMasking, "must be in [0, 1)");
        Require(Robustness is >= 0 and <= 10, Robustness, "must be in [0, 10]");
        Defined(RobustnessForm);
        Positive(ReconstructionWeight);
        Positive(LearningRate);
        NotNegative(WeightDecay, nameof(WeightDecay));
        Require(GradientClipNorm > 0, GradientClipNorm, "must be positive (infinite for no clipping)");
        Require(ValidationFraction is >= 0 and <= 0.9, ValidationFraction, "must be in [0, 0.9]");
        Between(Epochs, 1, int.MaxValue);
        Between(BatchSize, 1, 1 << 20);
        Between(EarlyStoppingPatience, 1, int.MaxValue);
        ValidateNoiseScale();
        ValidateRegularizer();
        ValidateSchedule();
    }

    private void ValidateNoiseScale()
    {
        ArgumentNullException.ThrowIfNull(NoiseScale);
        if (NoiseScale is FixedNoiseScale { Scale: var scale }) Require(scale > 0 && double.IsFinite(scale), scale, "must be a positive finite number", nameof(NoiseScale));
    }

    private void ValidateRegularizer()
    {
        ArgumentNullException.ThrowIfNull(Regularizer);
        switch (Regularizer)
        {
            case KullbackLeiblerOptions divergence:
                NotNegative(divergence.Beta, nameof(KullbackLeiblerOptions.Beta));
                NotNegative(divergence.FreeBits, nameof(KullbackLeiblerOptions.FreeBits));
                if (divergence.Capacity is not { } capacity) break;
                NotNegative(capacity, nameof(KullbackLeiblerOptions.Capacity));
                if (divergence.FreeBits > 0)
                    throw new ArgumentException($"The options {nameof(KullbackLeiblerOptions.FreeBits)} and {nameof(KullbackLeiblerOptions.Capacity)} both set how much KL is free: choose one.");
                break;
            case InfoVaeOptions information:
                Require(information.Alpha <= 1, information.Alpha, "must be at most 1, or the KL would be maximized", nameof(InfoVaeOptions.Alpha));
                Require(
                    information.Alpha + information.Lambda - 1 >= 0 && double.IsFinite(information.Alpha) && double.IsFinite(information.Lambda), information.Lambda,
                    $"must be at least 1 − {nameof(InfoVaeOptions.Alpha)}, or the discrepancy would be maximized", nameof(InfoVaeOptions.Lambda));
                Defined(information.Kernel, nameof(InfoVaeOptions.Kernel));
                Positive(information.Bandwidth, nameof(InfoVaeOptions.Bandwidth));
                if (BatchSize < 2) throw new ArgumentException($"The {nameof(InfoVaeOptions)} compares the rows of a minibatch: {nameof(BatchSize)} must be at least 2.");
                break;
            case TotalCorrelationOptions correlation:
                NotNegative(correlation.Beta, nameof(TotalCorrelationOptions.Beta));
                if (BatchSize < 2) throw new ArgumentException($"The {nameof(TotalCorrelationOptions)} compares the rows of a minibatch: {nameof(BatchSize)} must be at least 2.");
                break;
        }
    }

    private void ValidateSchedule()
    {
        ArgumentNullException.ThrowIfNull(RegularizerSchedule);
        switch (RegularizerSchedule)
        {
            case WarmUpSchedule warmUp:
                Between(warmUp.Epochs, 1, int.MaxValue, nameof(RegularizerSchedule));
                break;
            case CyclicalSchedule cyclical:
                Between(cyclical.Cycles, 1, int.MaxValue, nameof(RegularizerSchedule));
                Require(cyclical.Ramp is > 0 and <= 1, cyclical.Ramp, "must have a ramp in (0, 1]", nameof(RegularizerSchedule));
                break;
        }
    }

    private static void Between(int value, int least, int most, [CallerArgumentExpression(nameof(value))] string name = "")
    {
        if (value < least || value > most) throw Out(name, value, $"must be between {least} and {most}");
    }

    private static void NotNegative(double value, string name) => Require(value >= 0 && double.IsFinite(value), value, "must be a finite number ≥ 0", name);

    private static void Positive(double value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        Require(value > 0 && double.IsFinite(value), value, "must be a positive finite number", name);

    private static void Defined<T>(T value, [CallerArgumentExpression(nameof(value))] string name = "")
        where T : struct, Enum
    {
        if (!Enum.IsDefined(value)) throw Out(name, value, $"is not one of {string.Join(", ", Enum.GetNames<T>())}");
    }

    private static void Require(bool valid, double value, string rule, [CallerArgumentExpression(nameof(value))] string name = "")
    {
        if (!valid) throw Out(name, value, rule);
    }

    private static ArgumentOutOfRangeException Out(string name, object value, string rule) =>
        new(name, value, FormattableString.Invariant($"The option {name} {rule}, but it is {value}."));
}
