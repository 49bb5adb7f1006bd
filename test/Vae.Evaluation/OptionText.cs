using System.Globalization;
using Vae.Data;
using Vae.Options;

namespace Vae.Evaluation;

/// <summary>Options as text, "Name=Value Name=Value …", so that an experiment can be written on a command line and in a table.</summary>
internal static class OptionText
{
    /// <summary>The options with everything that the text names replaced.</summary>
    public static VaeOptions Apply(VaeOptions options, string text)
    {
        foreach (string assignment in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] parts = assignment.Split('=', 2);
            if (parts.Length != 2) throw new ArgumentException($"'{assignment}' is not of the form Name=Value.");
            options = Set(options, parts[0], parts[1]);
        }

        return options;
    }

    private static VaeOptions Set(VaeOptions options, string name, string value) => name switch
    {
        nameof(VaeOptions.LatentDimension) => options with { LatentDimension = Whole(value) },
        nameof(VaeOptions.HiddenLayers) => options with { HiddenLayers = [.. value.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(Whole)] },
        nameof(VaeOptions.Activation) => options with { Activation = Enum.Parse<Activation>(value) },
        nameof(VaeOptions.LinearBottleneck) => options with { LinearBottleneck = bool.Parse(value) },
        nameof(VaeOptions.BatchNormalization) => options with { BatchNormalization = bool.Parse(value) },
        nameof(VaeOptions.Dropout) => options with { Dropout = Real(value) },
        nameof(VaeOptions.Standardization) => options with { Standardization = Enum.Parse<StandardizationMethod>(value) },
        nameof(VaeOptions.InputNoise) => options with { InputNoise = Real(value) },
        nameof(VaeOptions.InputMasking) => options with { InputMasking = Real(value) },
        nameof(VaeOptions.OneHotLikelihood) => options with { OneHotLikelihood = Enum.Parse<OneHotLikelihoodKind>(value) },
        nameof(VaeOptions.NumericLikelihood) => options with { NumericLikelihood = Enum.Parse<NumericLikelihoodKind>(value) },
        nameof(VaeOptions.Robustness) => options with { Robustness = Real(value) },
        nameof(VaeOptions.RobustnessForm) => options with { RobustnessForm = Enum.Parse<RobustnessForm>(value) },
        nameof(VaeOptions.ReconstructionWeight) => options with { ReconstructionWeight = Real(value) },
        nameof(VaeOptions.NoiseScale) => options with { NoiseScale = Noise(value) },
        nameof(VaeOptions.Regularizer) => options with { Regularizer = RegularizerOptions.KullbackLeibler(Real(value)) },
        nameof(VaeOptions.RegularizerSchedule) => options with { RegularizerSchedule = Schedule(value) },
        nameof(VaeOptions.Epochs) => options with { Epochs = Whole(value) },
        nameof(VaeOptions.BatchSize) => options with { BatchSize = Whole(value) },
        nameof(VaeOptions.LearningRate) => options with { LearningRate = Real(value) },
        nameof(VaeOptions.LearningRateSchedule) => options with { LearningRateSchedule = Enum.Parse<LearningRateSchedule>(value) },
        nameof(VaeOptions.WeightDecay) => options with { WeightDecay = Real(value) },
        nameof(VaeOptions.GradientClipNorm) => options with { GradientClipNorm = Real(value) },
        nameof(VaeOptions.ValidationFraction) => options with { ValidationFraction = Real(value) },
        nameof(VaeOptions.EarlyStoppingPatience) => options with { EarlyStoppingPatience = Whole(value) },
        nameof(VaeOptions.Seed) => options with { Seed = Whole(value) },
        _ => throw new ArgumentException($"There is no option '{name}', or it cannot be given as text."),
    };

    private static NoiseScaleOptions Noise(string text) => text switch
    {
        "Learned" => NoiseScaleOptions.Learned(),
        "LearnedPerSlot" => NoiseScaleOptions.Learned(perSlot: true),
        "Computed" => NoiseScaleOptions.Computed(),
        _ => NoiseScaleOptions.Fixed(Real(text)),
    };

    private static WeightSchedule Schedule(string text) => text switch
    {
        "Constant" => WeightSchedule.Constant(),
        "Cyclical" => WeightSchedule.Cyclical(),
        _ => WeightSchedule.WarmUp(Whole(text)),
    };

    private static int Whole(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static double Real(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
