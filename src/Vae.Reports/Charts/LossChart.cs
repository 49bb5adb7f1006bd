using System.Xml.Linq;
using Vae.History;

namespace Vae.Reports.Charts;

/// <summary>The losses of a training, epoch by epoch, and the epoch whose weights were kept.</summary>
internal static class LossChart
{
    /// <summary>The part of the epochs, the first, whose losses may lie above the picture: they would leave the others no height.</summary>
    private const int FirstPart = 50;

    private static readonly (string Name, Func<EpochMetrics, double> Value, string Colour, bool Dashed)[] Curves =
    [
        ("validation", epoch => epoch.ValidationLoss, Svg.Palette[9], true),
        ("reconstruction", epoch => epoch.Reconstruction, Svg.Palette[0], false),
        ("KL", epoch => epoch.KullbackLeibler, Svg.Palette[4], false),
    ];

    public static XElement Draw(TrainingHistory history, PictureSize size)
    {
        var epochs = history.Epochs;
        var later = epochs.Skip(epochs.Count / FirstPart);
        var x = new AxisRange(1, Math.Max(2, epochs.Count));
        var y = AxisRange.Of(later.SelectMany(epoch => Curves.Select(curve => curve.Value(epoch))).Append(0), 0.06);
        string label = $"Losses of {Words.Count(epochs.Count, "epoch")}; epoch {history.BestEpoch} was kept.";
        var frame = new Frame(size, label, x, y, ("epoch", "nats per row"));
        foreach (var (name, value, colour, dashed) in Curves)
        {
            (double, double)[] points = [.. epochs.Where(epoch => double.IsFinite(value(epoch)))
                .Select(epoch => ((double)epoch.Epoch, value(epoch)))];
            if (points.Length == 0) continue;
            frame.AddCurve(points, colour, dashed);
            frame.AddLegend(name, colour);
        }

        if (history.BestEpoch > 0) frame.AddMark(history.BestEpoch, $"epoch {history.BestEpoch} kept");
        return frame.Picture;
    }
}
