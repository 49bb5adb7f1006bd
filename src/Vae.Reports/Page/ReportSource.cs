using Vae.Detection;
using Vae.Reports.Rows;

namespace Vae.Reports.Page;

/// <summary>What a report is made of.</summary>
/// <param name="Model">The model; of a detector with several the first.</param>
/// <param name="Detector">The detector, or null.</param>
/// <param name="Survey">The rows.</param>
/// <param name="NameColumn">The column that names the rows, or null.</param>
/// <param name="ColourColumns">The columns to colour by first.</param>
/// <param name="CancellationToken">Ends the work.</param>
internal sealed record ReportSource(
    VaeModel Model, VaeDetector? Detector, TableSurvey Survey, string? NameColumn, IReadOnlyList<string> ColourColumns,
    CancellationToken CancellationToken)
{
    /// <summary>A text for a page that anybody's table may have filled.</summary>
    private const int LongestText = 40;

    /// <summary>The latent dimensions, the one that says most first, with their shares.</summary>
    public IReadOnlyList<(int Index, double Share)> Dimensions { get; } = DimensionsOf(Model);

    /// <summary>What a row is called.</summary>
    public string NameOf(SurveyedRow row)
    {
        int column = Survey.Columns.ToList().FindIndex(candidate => candidate.Name == NameColumn);
        string? name = column < 0 ? null : TextOf(row.Cells[column]);
        return Short(name ?? $"row {row.Number + 1}");
    }

    /// <summary>A cell as text, or null where it is missing.</summary>
    public static string? TextOf(Cell cell) => cell.Text ?? (double.IsNaN(cell.Number) ? null : Charts.Words.Number(cell.Number));

    /// <summary>A text without the end that nobody reads.</summary>
    public static string Short(string text) => Charts.Words.Short(text, LongestText);

    /// <summary>What a reader calls a dimension.</summary>
    public static string DimensionName(int index) => $"dimension {index + 1}";

    /// <summary>An old model does not know what its dimensions are worth: then the variances of their means stand for it.</summary>
    private static (int Index, double Share)[] DimensionsOf(VaeModel model)
    {
        var variances = model.Diagnosis.MeanVariancePerDimension;
        double sum = Math.Max(double.Epsilon, variances.Sum());
        var shares = model.LatentAxes.Count > 0
            ? model.LatentAxes.Select(axis => axis.Share)
            : variances.Select(variance => variance / sum);
        return [.. shares.Select((share, index) => (Index: index, Share: share)).OrderByDescending(dimension => dimension.Share)];
    }
}
