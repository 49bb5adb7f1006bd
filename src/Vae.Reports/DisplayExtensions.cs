using System.Xml.Linq;
using Vae.Diagnostics;
using Vae.History;
using Vae.Reports.Charts;
using Vae.Selection;

namespace Vae.Reports;

/// <summary>A diagnosis, a history and a selection as pictures and as pieces of HTML. Notebooks find them by themselves.</summary>
public static class DisplayExtensions
{
    private static readonly PictureSize Size = new(720, 300);

    /// <summary>How well each feature is reconstructed, as an SVG picture; of very many the first forty.</summary>
    /// <param name="diagnosis">The diagnosis.</param>
    public static string ToSvg(this VaeDiagnosis diagnosis)
    {
        ArgumentNullException.ThrowIfNull(diagnosis);
        return QualityChart.Draw(diagnosis).ToString(SaveOptions.DisableFormatting);
    }

    /// <summary>The findings, then how well each feature is reconstructed, as a piece of HTML.</summary>
    /// <param name="diagnosis">The diagnosis.</param>
    public static string ToHtml(this VaeDiagnosis diagnosis)
    {
        ArgumentNullException.ThrowIfNull(diagnosis);
        string rows = $"Measured on {Words.Count(diagnosis.Rows, "row")} {(diagnosis.HeldOut ? "held out of" : "of")} the training.";
        return Html.Block(
            new XElement("p", rows),
            new XElement("ul", diagnosis.Findings.Select(
                finding => new XElement("li", finding.IsWarning ? $"⚠ {finding.Message}" : finding.Message))),
            QualityChart.Draw(diagnosis));
    }

    /// <summary>The losses by epoch, and the epoch that was kept, as an SVG picture.</summary>
    /// <param name="history">The history.</param>
    public static string ToSvg(this TrainingHistory history)
    {
        ArgumentNullException.ThrowIfNull(history);
        return LossChart.Draw(history, Size).ToString(SaveOptions.DisableFormatting);
    }

    /// <summary>The losses by epoch as a piece of HTML: the picture with a line below it.</summary>
    /// <param name="history">The history.</param>
    public static string ToHtml(this TrainingHistory history)
    {
        ArgumentNullException.ThrowIfNull(history);
        return Html.Figure(
            LossChart.Draw(history, Size),
            $"{Words.Count(history.Epochs.Count, "epoch")} on {Words.Count(history.TrainingRows, "row")}, epoch {history.BestEpoch} kept.");
    }

    /// <summary>The candidates with their scores, and what is recommended, as a piece of HTML.</summary>
    /// <param name="result">What a selection found.</param>
    public static string ToHtml(this SelectionResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        var rows = SelectionTable.Rows(result);
        var table = new XElement(
            "table", new XAttribute("style", "border-collapse: collapse; font-variant-numeric: tabular-nums; white-space: nowrap"),
            new XElement("thead", Line(rows[0], "th", "normal")),
            new XElement("tbody", rows.Skip(1).Select(
                (row, i) => Line(row, "td", i == result.RecommendedIndex ? "bold" : "normal"))));
        return Html.Block(
            new XElement("div", new XAttribute("style", "overflow-x: auto"), table),
            new XElement("p", SelectionTable.Sentence(result)),
            new XElement("p", new XAttribute("style", "font-size: 13px; opacity: 0.75"), SelectionTable.Measure(result)));
    }

    private static XElement Line(string[] cells, string element, string weight) => new(
        "tr", cells.Select((cell, i) => new XElement(
            element,
            new XAttribute("style", $"padding: 2px 8px; text-align: {(i == cells.Length - 1 ? "left" : "right")}; font-weight: {weight}"),
            cell)));
}
