using System.Xml.Linq;
using Vae.Diagnostics;
using Vae.History;
using Vae.Reports.Charts;

namespace Vae.Reports;

/// <summary>A diagnosis and a history as pictures and as pieces of HTML. Notebooks find them by themselves.</summary>
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
}
