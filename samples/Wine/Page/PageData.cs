using Vae.Samples.Page;

namespace Vae.Samples.Wine.Page;

/// <summary>What the page shows, under the names that its script knows.</summary>
internal sealed record PageData
{
    public required int WineCount { get; init; }

    public required int MeasurementCount { get; init; }

    public required string[] Measurements { get; init; }

    public required string[] Cultivars { get; init; }

    public required WineMark[] Wines { get; init; }

    public required EpochPoint[] Epochs { get; init; }

    public required int KeptEpoch { get; init; }

    public required AccuracyPair Accuracy { get; init; }

    public required double KullbackLeibler { get; init; }

    public required int ActiveUnits { get; init; }

    public required double NoiseScale { get; init; }

    public required FeatureBar[] Features { get; init; }

    public required FindingLine[] Findings { get; init; }

    /// <summary>Collects what the page shows of one model.</summary>
    public static PageData From(LabelledTable table, Fold fold, AccuracyPair accuracy)
    {
        var diagnosis = fold.Model.Diagnosis;
        return new PageData
        {
            WineCount = table.Labels.Length,
            MeasurementCount = table.Layout.RowWidth,
            Measurements = [.. table.Layout.Groups.Select(group => group.Name)],
            Cultivars = CultivarNames.Of(table),
            Wines = [.. Enumerable.Range(0, table.Labels.Length).Select(row => WineMark.From(table, fold, row))],
            Epochs = [.. fold.Model.History.Epochs.Select(EpochPoint.From)],
            KeptEpoch = fold.Model.History.BestEpoch,
            Accuracy = accuracy,
            KullbackLeibler = diagnosis.KullbackLeibler,
            ActiveUnits = diagnosis.ActiveUnits,
            NoiseScale = diagnosis.NoiseScale,
            Features = [.. diagnosis.Features.Select(feature => new FeatureBar(feature.Name, feature.Quality))],
            Findings = FindingLine.Of(diagnosis),
        };
    }
}
