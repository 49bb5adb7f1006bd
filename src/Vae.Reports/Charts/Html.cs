using System.Xml.Linq;

namespace Vae.Reports.Charts;

/// <summary>Pieces of HTML for a notebook or a page of one's own: no script, no style sheet.</summary>
internal static class Html
{
    /// <summary>A picture with a line below it.</summary>
    public static string Figure(XElement picture, string caption) => new XElement(
        "figure", new XAttribute("style", "max-width: 720px; margin: 0"), picture,
        new XElement("figcaption", new XAttribute("style", "font-size: 13px; opacity: 0.75"), caption))
        .ToString(SaveOptions.DisableFormatting);

    /// <summary>Some elements, one below the other.</summary>
    public static string Block(params object[] content) =>
        new XElement("div", new XAttribute("style", "max-width: 720px"), content).ToString(SaveOptions.DisableFormatting);
}
