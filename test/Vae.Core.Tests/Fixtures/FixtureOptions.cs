using System.Text.Json;
using Vae.Options;

namespace Vae.Tests.Fixtures;

/// <summary>The options of a fixture.</summary>
internal static class FixtureOptions
{
    public static VaeOptions Read(JsonElement json) => new()
    {
        LatentDimension = json.GetProperty("latentDimension").GetInt32(),
        HiddenLayers = [.. json.GetProperty("hiddenLayers").EnumerateArray().Select(width => width.GetInt32())],
        Activation = Name<Activation>(json, "activation"),
        LinearBottleneck = json.GetProperty("linearBottleneck").GetBoolean(),
        InputNoise = 0,
        InputMasking = 0,
        BatchNormalization = json.GetProperty("batchNormalization").GetBoolean(),
        NumericLikelihood = Name<NumericLikelihoodKind>(json, "numericLikelihood"),
        OneHotLikelihood = Name<OneHotLikelihoodKind>(json, "oneHotLikelihood"),
        NoiseScale = ReadNoiseScale(json.GetProperty("noiseScale")),
        Robustness = json.GetProperty("robustness").GetDouble(),
        RobustnessForm = Name<RobustnessForm>(json, "robustnessForm"),
        ReconstructionWeight = json.GetProperty("reconstructionWeight").GetDouble(),
        Regularizer = ReadRegularizer(json.GetProperty("regularizer")),
    };

    private static NoiseScaleOptions ReadNoiseScale(JsonElement json) => json.GetProperty("kind").GetString() switch
    {
        "Fixed" => NoiseScaleOptions.Fixed(json.GetProperty("scale").GetDouble()),
        "Learned" => NoiseScaleOptions.Learned(json.GetProperty("perSlot").GetBoolean()),
        "Computed" => NoiseScaleOptions.Computed(),
        var kind => throw new InvalidDataException($"The fixture has the noise scale {kind}."),
    };

    private static RegularizerOptions ReadRegularizer(JsonElement json) => json.GetProperty("kind").GetString() switch
    {
        "KullbackLeibler" => new KullbackLeiblerOptions
        {
            Beta = json.GetProperty("beta").GetDouble(),
            FreeBits = json.GetProperty("freeBits").GetDouble(),
            Capacity = json.TryGetProperty("capacity", out var capacity) ? capacity.GetDouble() : null,
        },
        "InfoVae" => new InfoVaeOptions
        {
            Alpha = json.GetProperty("alpha").GetDouble(),
            Lambda = json.GetProperty("lambda").GetDouble(),
            Kernel = Name<LatentKernel>(json, "kernel"),
            Bandwidth = json.GetProperty("bandwidth").GetDouble(),
        },
        "TotalCorrelation" => new TotalCorrelationOptions { Beta = json.GetProperty("beta").GetDouble() },
        var kind => throw new InvalidDataException($"The fixture has the regularizer {kind}."),
    };

    private static T Name<T>(JsonElement json, string property)
        where T : struct, Enum => Enum.Parse<T>(json.GetProperty(property).GetString()!);
}
