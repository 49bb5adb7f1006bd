using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Vae.Reports.Page;

/// <summary>Puts the page together: template, style, script, data and pictures in one file that loads nothing.</summary>
internal static partial class HtmlPage
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonNumbers() } };

    /// <summary>The page.</summary>
    /// <param name="title">Its title.</param>
    /// <param name="data">What its script shows. JSON escapes what HTML would read as markup.</param>
    /// <param name="losses">The pictures of the losses, a wide and a narrow one.</param>
    /// <param name="scores">The pictures of the scores, a wide and a narrow one.</param>
    public static string Write(
        string title, ReportData data, (XElement Wide, XElement Narrow) losses, (XElement Wide, XElement Narrow) scores)
    {
        // In one pass, so that nothing in the data is taken for a place to fill.
        return Place().Replace(Resource("report.html"), place => place.Groups["name"].Value switch
        {
            "title" => WebUtility.HtmlEncode(title),
            "style" => Resource("report.css"),
            "script" => Resource("report.js"),
            "data" => JsonSerializer.Serialize(data, Json),
            "losses" => Pictures(losses),
            _ => Pictures(scores),
        });
    }

    private static string Pictures((XElement Wide, XElement Narrow) pictures)
    {
        pictures.Wide.SetAttributeValue("class", "wide");
        pictures.Narrow.SetAttributeValue("class", "narrow");
        return pictures.Wide.ToString(SaveOptions.DisableFormatting) + pictures.Narrow.ToString(SaveOptions.DisableFormatting);
    }

    private static string Resource(string name)
    {
        using var stream = typeof(HtmlPage).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    [GeneratedRegex(@"\{\{(?<name>title|style|script|data|losses|scores)\}\}")]
    private static partial Regex Place();
}
