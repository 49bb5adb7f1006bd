using Vae.Data;
using Vae.Reports.Charts;
using Vae.Reports.Rows;

namespace Vae.Reports.Page;

/// <summary>The rows with the highest scores, and which of their values are to blame.</summary>
internal static class UnusualRows
{
    private const int MostReasons = 3;

    /// <summary>A feature that costs less, in nats, explains nothing.</summary>
    private const float LeastShare = 1;

    public static UnusualRow[] Build(ReportSource source) =>
        [.. source.Survey.Unusual.Select(row => new UnusualRow(
            source.NameOf(row), Words.Number(Math.Round(row.Result.Score, 1)),
            float.IsNaN(row.Result.PValue) ? "" : Words.Rough(row.Result.PValue), row.Result.IsAnomaly, Reasons(source.Model, row)))];

    private static string[] Reasons(VaeModel model, SurveyedRow row)
    {
        float[] cells = new float[model.Layout.SlotCount];
        float[] expected = new float[cells.Length];
        model.CellScores(row.Values, cells);
        model.Reconstruct(row.Values, expected);
        return [.. model.Layout.Features.Where(feature => feature.IsObserved(row.Values))
            .Select(feature => (Feature: feature, Share: feature.Of(cells.AsSpan()).ToArray().Sum()))
            .Where(reason => reason.Share >= LeastShare).OrderByDescending(reason => reason.Share).Take(MostReasons)
            .Select(reason => Reason(reason.Feature, row.Values, expected))];
    }

    private static string Reason(Feature feature, float[] row, float[] expected)
    {
        if (feature.Kind == FeatureKind.Numeric)
            return $"{feature.Name} is {Words.Number(row[feature.Start])}, expected about {Words.Rough(expected[feature.Start])}";
        var names = FeatureSummary.CategoryNames(feature);
        int actual = FeatureSummary.CategoryOf(feature, row);
        float[] probabilities = feature.Kind == FeatureKind.Binary
            ? [1 - expected[feature.Start], expected[feature.Start]]
            : expected[feature.Start..feature.End];
        int likely = probabilities.AsSpan().IndexOf(probabilities.Max());
        string value = $"{feature.Name} is {ReportSource.Short(names[actual])}";
        return likely == actual
            ? $"{value} ({Words.Percent(probabilities[actual])})"
            : $"{value} ({Words.Percent(probabilities[actual])}), expected {ReportSource.Short(names[likely])}";
    }
}
