using Vae.Data;
using Vae.Diagnostics;
using Vae.History;
using Vae.Inference;
using Vae.Networks;
using Vae.Options;
using Vae.Persistence;

namespace Vae.Testing;

/// <summary>Models that nobody has trained, and their files: any layout and any options, in an instant.</summary>
public static class UntrainedModels
{
    public static byte[] Bytes(FeatureLayout layout, VaeOptions options)
    {
        using var stream = new MemoryStream();
        Create(layout, options).Save(stream);
        return stream.ToArray();
    }

    /// <summary>A model whose weights are all zero, or random with a factor.</summary>
    public static VaeModel Create(FeatureLayout layout, VaeOptions options, float randomWeights = 0)
    {
        var ones = new double[layout.RowWidth];
        Array.Fill(ones, 1);
        var history = new TrainingHistory
        {
            Epochs = [],
            BestEpoch = 0,
            StoppedEarly = false,
            TrainingRows = 1,
            ValidationRows = 0,
            Trainer = "None",
        };
        var parameters = new VaeParameters(new NetworkShape(layout, options));
        if (randomWeights != 0)
        {
            WeightInitialization.Initialize(parameters, seed: 1);
            foreach (ref float weight in parameters.Weights.Values.AsSpan())
                weight *= randomWeights;
        }

        var standardization = new Standardization(new double[ones.Length], ones);
        return new VaeModel(new ModelParts(layout, options, standardization, parameters, history, Diagnosis(layout, options))
        {
            Axes = [.. Enumerable.Range(0, options.LatentDimension).Select(d => new LatentAxis(3.0 / (d + 1), 0))],
        });
    }

    /// <summary>A diagnosis that says nothing.</summary>
    public static VaeDiagnosis Diagnosis(FeatureLayout layout, VaeOptions options) => new()
    {
        Rows = 0,
        HeldOut = false,
        Reconstruction = 0,
        KullbackLeibler = 0,
        KullbackLeiblerPerDimension = new double[options.LatentDimension],
        MeanVariancePerDimension = new double[options.LatentDimension],
        ActiveUnits = 0,
        NoiseScale = 1,
        Features = [.. layout.Groups.SelectMany(Features)],
        Findings = [],
    };

    private static IEnumerable<FeatureQuality> Features(FeatureGroup group) => group.Kind == FeatureKind.OneHot
        ? [new FeatureQuality(group.Name, group.Kind, 0, 0)]
        : group.SlotNames.Select(name => new FeatureQuality(name, group.Kind, 0, 0));
}
