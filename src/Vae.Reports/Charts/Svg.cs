using System.Globalization;
using System.Xml.Linq;

namespace Vae.Reports.Charts;

/// <summary>
/// Elements of an SVG picture. Text and lines have the colour of the text around the picture, so that it is right on a light and on a dark
/// page; the classes are for a page that knows better.
/// </summary>
internal static class Svg
{
    public static readonly XNamespace Namespace = "http://www.w3.org/2000/svg";

    /// <summary>Colours that stand out from light and from dark paper, for one series or category each.</summary>
    public static readonly string[] Palette =
    [
        "#3f7fd0", "#d9772b", "#2a9d7f", "#c8476f", "#8a68cf", "#8f9a2c", "#2f9fc0", "#b1795a", "#d173b5", "#7f8794",
    ];

    /// <summary>Eight colours for eight ranges of numbers, from low to high.</summary>
    public static readonly string[] Scale =
        ["#5b6fc9", "#4a87d0", "#3b9cc4", "#37aea6", "#5fb980", "#96bb57", "#cfae3f", "#e08a3c"];

    /// <summary>The colour of what has no value.</summary>
    public const string Missing = "#9a9a9a";

    public static XElement Element(string name, params object[] content) => new(Namespace + name, content);

    public static XElement Line(double x1, double y1, double x2, double y2, string kind) => Element(
        "line", At("x1", x1), At("y1", y1), At("x2", x2), At("y2", y2), new XAttribute("class", kind),
        new XAttribute("stroke", "currentColor"), new XAttribute("stroke-opacity", kind == "grid" ? "0.14" : "0.55"));

    public static XElement Text(double x, double y, string anchor, string text, string kind = "label") => Element(
        "text", At("x", x), At("y", y), new XAttribute("text-anchor", anchor), new XAttribute("class", kind),
        new XAttribute("fill", "currentColor"), text);

    public static XElement Rectangle(double x, double y, double width, double height, string colour) => Element(
        "rect", At("x", x), At("y", y), At("width", Math.Max(0, width)), At("height", Math.Max(0, height)),
        new XAttribute("fill", colour));

    /// <summary>A line through points.</summary>
    public static string Path(IEnumerable<(double X, double Y)> points) =>
        string.Concat(points.Select((point, i) => $"{(i == 0 ? 'M' : 'L')}{Number(point.X)} {Number(point.Y)}"));

    /// <summary>Dots: lines of no length, which round ends make visible. One path for thousands of them.</summary>
    public static string Dots(IEnumerable<(double X, double Y)> points) =>
        string.Concat(points.Select(point => $"M{Number(point.X)} {Number(point.Y)}h0"));

    public static XAttribute At(string name, double value) => new(name, Number(value));

    public static string Number(double value) => Math.Round(value, 1).ToString(CultureInfo.InvariantCulture);
}
