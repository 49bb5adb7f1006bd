using Vae.Data;
using Vae.Diagnostics;
using Vae.Reports.Charts;
using Vae.Reports.Rows;

namespace Vae.Reports.Page;

/// <summary>The columns of the table, and what the model knows of them.</summary>
internal static class FeatureLines
{
    public static FeatureLine[] Build(ReportSource source) =>
        [.. source.Survey.Features.Zip(source.Model.Diagnosis.Features, (summary, quality) => Line(source, summary, quality))];

    /// <summary>"12 numeric, 3 one-hot".</summary>
    public static string Layout(FeatureLayout layout)
    {
        int Of(FeatureKind kind) => layout.Features.Count(feature => feature.Kind == kind);
        string[] parts =
        [
            .. Of(FeatureKind.Numeric) is > 0 and var numbers ? [$"{numbers} numeric"] : Array.Empty<string>(),
            .. Of(FeatureKind.Binary) is > 0 and var binary ? [$"{binary} yes/no"] : Array.Empty<string>(),
            .. Of(FeatureKind.OneHot) is > 0 and var categories ? [$"{categories} one-hot"] : Array.Empty<string>(),
            .. layout.Conditions.Count is > 0 and var conditions ? [Words.Count(conditions, "condition")] : Array.Empty<string>(),
        ];
        return string.Join(", ", parts);
    }

    private static FeatureLine Line(ReportSource source, FeatureSummary summary, FeatureQuality quality)
    {
        long missing = source.Survey.Results.Count - summary.Observed;
        double part = double.IsNaN(quality.Quality) ? 0 : Math.Clamp(quality.Quality, 0, 1);
        return new FeatureLine(
            summary.Feature.Name, Kind(summary.Feature), Typical(summary),
            missing == 0 ? "" : Words.Percent((double)missing / source.Survey.Results.Count), QualityChart.Value(quality), part,
            summary.IsConstant ? "constant" : quality.IsPoor ? "no better than a constant" : "");
    }

    private static string Kind(Feature feature) => feature.Kind switch
    {
        FeatureKind.Numeric => "number",
        FeatureKind.Binary => "yes/no",
        _ => Words.Count(feature.Length, "category", "categories"),
    };

    private static string Typical(FeatureSummary summary)
    {
        if (summary.Observed == 0) return "no value";
        if (summary.Feature.Kind != FeatureKind.Numeric)
            return summary.IsConstant ? $"always {summary.Mode.Name}" : $"{summary.Mode.Name} ({Words.Percent(summary.Mode.Share)})";
        return summary.IsConstant
            ? $"always {Words.Number(summary.Mean)}"
            : $"{Words.Rough(summary.Mean)} ± {Words.Rough(summary.Deviation)}";
    }
}
