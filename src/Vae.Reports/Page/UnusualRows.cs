using Vae.Explanation;
using Vae.Reports.Charts;
using Vae.Reports.Rows;

namespace Vae.Reports.Page;

/// <summary>The rows with the highest scores, and which of their values are to blame.</summary>
internal static class UnusualRows
{
    public static UnusualRow[] Build(ReportSource source) =>
        [.. source.Survey.Unusual.Select(row => new UnusualRow(
            source.NameOf(row), Words.Number(Math.Round(row.Result.Score, 1)),
            float.IsNaN(row.Result.PValue) ? "" : Words.Rough(row.Result.PValue), row.Result.IsAnomaly,
            [.. Describe(source, row).Reasons.Select(reason => reason.ToString())]))];

    private static RowDescription Describe(ReportSource source, SurveyedRow row)
    {
        source.CancellationToken.ThrowIfCancellationRequested();
        return source.Detector is { } detector ? detector.Describe(row.Values) : source.Model.Describe(row.Values);
    }
}
