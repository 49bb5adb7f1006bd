using Vae.Data;
using Vae.Detection;
using Vae.Persistence;
using Vae.Reports.Charts;

namespace Vae.Reports.Page;

/// <summary>Writes the page of a report.</summary>
internal static class ReportBuilder
{
    private static readonly PictureSize Wide = new(1000, 340);
    private static readonly PictureSize Narrow = new(340, 260);

    public static string Write(ReportSource source, string title)
    {
        var history = source.Model.History;
        var results = source.Survey.Results;
        double threshold = source.Detector is null ? double.NaN : Threshold(source.Detector, results);
        return HtmlPage.Write(
            title, Data(source, threshold), (LossChart.Draw(history, Wide), LossChart.Draw(history, Narrow)),
            (ScoreChart.Draw(results, threshold, Wide), ScoreChart.Draw(results, threshold, Narrow)));
    }

    private static ReportData Data(ReportSource source, double threshold)
    {
        var (cards, others) = DimensionCards.Build(source);
        return new ReportData
        {
            Lead = Lead(source),
            Tiles = [.. Tiles(source)],
            Findings = [.. source.Model.Diagnosis.Findings.Select(finding => new FindingLine(finding.Message, finding.IsWarning))],
            Map = new MapBuilder(source).Build(),
            Dimensions = cards,
            OtherDimensions = others,
            Unusual = UnusualRows.Build(source),
            Scores = new ScoreText(ScoreNote(source, threshold)),
            Features = FeatureLines.Build(source),
            Training = Training(source),
            Footer = $"Vae.MLNet {LibraryVersion.Current}. This page loads nothing and sends nothing.",
        };
    }

    private static string Lead(ReportSource source)
    {
        string rows = Words.Count(source.Survey.Results.Count, "row");
        string dimensions = Words.Count(source.Model.LatentDimension, "number");
        string detector = source.Detector is { Models.Count: > 1 and var models }
            ? $" The detector averages {models} models; the map, the dimensions and the columns are those of the first."
            : "";
        return $"A variational autoencoder describes each of {rows} by {dimensions}.{detector}";
    }

    private static IEnumerable<Tile> Tiles(ReportSource source)
    {
        var (results, diagnosis) = (source.Survey.Results, source.Model.Diagnosis);
        int drawn = source.Survey.Drawn.Count;
        yield return new Tile(
            "Rows", Words.Number(results.Count), drawn == results.Count ? "all of them drawn" : $"{Words.Number(drawn)} of them drawn");
        yield return new Tile(
            "Columns", $"{source.Model.Layout.Features.Count}", FeatureLines.Layout(source.Model.Layout));
        yield return new Tile(
            "Dimensions", $"{diagnosis.ActiveUnits} of {source.Model.LatentDimension}",
            $"carry information, {Words.Number(Math.Round(diagnosis.KullbackLeibler, 1))} nats per row");
        if (source.Detector is { } detector)
        {
            int alarms = results.Count(result => result.IsAnomaly);
            yield return new Tile(
                "Alarms", Words.Number(alarms),
                $"{Words.Percent((double)alarms / results.Count)} of the rows; "
                + $"at most {Words.Percent(detector.FalseAlarmRate)} of normal ones");
            yield break;
        }

        double[] qualities = [.. diagnosis.Features.Where(feature => feature.Kind == FeatureKind.Numeric)
            .Select(feature => feature.Quality).Where(double.IsFinite).Order()];
        if (qualities.Length > 0)
        {
            yield return new Tile(
                "Numbers retained", Words.Number(Math.Round(qualities[qualities.Length / 2], 2)),
                "R², median of the numeric columns");
        }
    }

    private static string ScoreNote(ReportSource source, double threshold)
    {
        const string what = "The score says how unusual a row is: reconstruction term + KL divergence, in nats.";
        if (source.Detector is not { } detector) return what;
        string p = $" Its p-value is measured on {Words.Count(detector.CalibrationRows, "row")} that the model has not seen.";
        return double.IsNaN(threshold) ? what + p + " No row of this table is an alarm." : what + p;
    }

    private static string Training(ReportSource source)
    {
        var history = source.Model.History;
        string rows = Words.Count(history.TrainingRows, "row");
        string held = history.ValidationRows == 0 ? "no row was held out" : $"{Words.Count(history.ValidationRows, "row")} held out";
        string end = history.StoppedEarly ? ", stopped when the validation loss no longer fell"
            : history.Cancelled ? ", ended by the caller" : "";
        return $"{Words.Count(history.Epochs.Count, "epoch")} on {rows}, {held}; trainer: {history.Trainer}{end}. "
            + "Losses in nats per row; validation is reconstruction + KL on the rows held out.";
    }

    /// <summary>The score above which a row is an alarm; with several models the lowest score of an alarm, NaN without one.</summary>
    private static double Threshold(VaeDetector detector, IReadOnlyList<RowDetection> results)
    {
        if (detector.Parts.Count > 1)
        {
            float[] alarms = [.. results.Where(result => result.IsAnomaly).Select(result => result.Score)];
            return alarms.Length == 0 ? double.NaN : alarms.Min();
        }

        var scores = detector.Parts[0].Calibration.Scores;
        int above = 0;
        while (above < scores.Length && AlarmRule.IsAlarm(above, scores.Length, detector.FalseAlarmRate))
            above++;
        return above == 0 ? double.NaN : scores[^above];
    }
}
