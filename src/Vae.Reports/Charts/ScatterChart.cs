using System.Xml.Linq;

namespace Vae.Reports.Charts;

/// <summary>Some dots of one colour.</summary>
/// <param name="Name">What the colour means, or null where there is but one.</param>
/// <param name="Colour">The colour.</param>
/// <param name="Points">Where they are.</param>
internal sealed record DotGroup(string? Name, string Colour, IReadOnlyList<(double X, double Y)> Points);

/// <summary>Rows as dots in the plane.</summary>
internal static class ScatterChart
{
    public static XElement Draw(IReadOnlyList<DotGroup> groups, (string X, string Y) titles, PictureSize size)
    {
        int count = groups.Sum(group => group.Points.Count);
        var frame = new Frame(
            size, $"Map of {Words.Count(count, "row")}.",
            AxisRange.Of(groups.SelectMany(group => group.Points.Select(point => point.X)), 0.05),
            AxisRange.Of(groups.SelectMany(group => group.Points.Select(point => point.Y)), 0.05), titles);
        foreach (var group in groups)
        {
            frame.Add(Svg.Element(
                "path", new XAttribute("d", Svg.Dots(group.Points.Select(point => (frame.PixelX(point.X), frame.PixelY(point.Y))))),
                new XAttribute("stroke", group.Colour), Svg.At("stroke-width", DotWidth(count)), new XAttribute("stroke-linecap", "round"),
                new XAttribute("stroke-opacity", "0.8"), new XAttribute("fill", "none")));
            if (group.Name is { } name) frame.AddLegend(name, group.Colour);
        }

        return frame.Picture;
    }

    private static double DotWidth(int count) => Math.Clamp(60 / Math.Sqrt(Math.Max(1, count)), 2.4, 7);
}
