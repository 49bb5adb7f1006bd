using System.Runtime.CompilerServices;
using Vae.Objectives;

namespace Vae;

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
        Defined(NumericLikelihood);
        Defined(OneHotLikelihood);
        Defined(LearningRateSchedule);
        Require(Dropout is >= 0 and < 1, Dropout, "must be in [0, 1)");
        Require(InputNoise >= 0 && double.IsFinite(InputNoise), InputNoise, "must be a finite number ≥ 0");
        Require(InputMasking is >= 0 and < 1, InputMasking, "must be in [0, 1)");
        Positive(ReconstructionWeight);
        Positive(LearningRate);
        Require(WeightDecay >= 0 && double.IsFinite(WeightDecay), WeightDecay, "must be a finite number ≥ 0");
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
        if (Regularizer is not KullbackLeiblerRegularizer divergence) return;
        Require(divergence.Beta >= 0 && double.IsFinite(divergence.Beta), divergence.Beta, "must be a finite number ≥ 0", nameof(KullbackLeiblerRegularizer.Beta));
        Require(divergence.FreeBits >= 0 && double.IsFinite(divergence.FreeBits), divergence.FreeBits, "must be a finite number ≥ 0", nameof(KullbackLeiblerRegularizer.FreeBits));
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
