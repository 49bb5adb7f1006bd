using System.Xml.Linq;
using Vae.Detection;

namespace Vae.Reports.Charts;

/// <summary>How the scores of a table are distributed, and where alarms begin.</summary>
internal static class ScoreChart
{
    private const int Bins = 40;

    /// <summary>The part of the rows, those with the highest scores, that may share the last bar.</summary>
    private const double Tail = 0.005;

    /// <param name="results">One for each row.</param>
    /// <param name="threshold">The score above which a row is an anomaly, or NaN.</param>
    /// <param name="size">How large.</param>
    public static XElement Draw(IReadOnlyList<RowDetection> results, double threshold, PictureSize size)
    {
        double[] scores = [.. results.Select(result => (double)result.Score).Order()];
        double last = scores[^(1 + (int)(Tail * scores.Length))];
        var x = AxisRange.Of([scores[0], last, .. double.IsNaN(threshold) ? [] : new[] { threshold + 0.1 * (threshold - scores[0]) }]);
        int[] normal = new int[Bins];
        int[] alarms = new int[Bins];
        foreach (var result in results)
            (result.IsAnomaly ? alarms : normal)[Math.Clamp((int)((result.Score - x.From) / x.Length * Bins), 0, Bins - 1)]++;

        var y = new AxisRange(0, Math.Max(1, normal.Zip(alarms, (a, b) => a + b).Max() * 1.08));
        int above = scores.Count(score => score > x.To);
        string title = above == 0 ? "score, in nats" : $"score, in nats ({Words.Count(above, "row")} beyond, in the last bar)";
        string label = $"Distribution of the scores of {Words.Count(scores.Length, "row")}: half of them are below "
            + $"{Words.Rough(scores[scores.Length / 2])}, the highest is {Words.Rough(scores[^1])}.";
        var frame = new Frame(size, label, x, y, (title, "rows"));
        for (int bin = 0; bin < Bins; bin++)
        {
            double left = frame.PixelX(x.From + bin * x.Length / Bins);
            double width = frame.PixelX(x.From + (bin + 1) * x.Length / Bins) - left - 1;
            double middle = frame.PixelY(normal[bin]);
            double top = frame.PixelY(normal[bin] + alarms[bin]);
            frame.Add(Svg.Element(
                "g", Svg.Element("title", Range(x, bin, normal[bin] + alarms[bin])),
                Svg.Rectangle(left, middle, width, frame.Floor - middle, Svg.Palette[0]),
                Svg.Rectangle(left, top, width, middle - top, Svg.Palette[3])));
        }

        if (double.IsNaN(threshold)) return frame.Picture;
        frame.AddLegend("normal", Svg.Palette[0]);
        frame.AddLegend("alarm", Svg.Palette[3]);
        frame.AddMark(threshold, $"alarm above {Words.Number(threshold)}");
        return frame.Picture;
    }

    private static string Range(AxisRange x, int bin, int rows)
    {
        double width = x.Length / Bins;
        string end = bin == Bins - 1 ? "and more" : $"to {Words.Rough(x.From + (bin + 1) * width)}";
        return $"score {Words.Rough(x.From + bin * width)} {end}: {Words.Count(rows, "row")}";
    }
}
