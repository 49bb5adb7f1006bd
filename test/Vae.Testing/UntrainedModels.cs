using Vae.Data;
using Vae.Diagnostics;
using Vae.History;
using Vae.Networks;
using Vae.Options;
using Vae.Persistence;

namespace Vae.Testing;

/// <summary>Files of models whose weights are all zero: any layout and any options, in an instant.</summary>
public static class UntrainedModels
{
    public static byte[] Bytes(FeatureLayout layout, VaeOptions options)
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
        using var stream = new MemoryStream();
        var standardization = new Standardization(new double[ones.Length], ones);
        ModelWriter.Write(new ModelParts(layout, options, standardization, parameters, history, Diagnosis(layout, options)), stream);
        return stream.ToArray();
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
