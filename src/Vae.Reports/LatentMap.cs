using System.Xml.Linq;
using Vae.Notebooks;
using Vae.Reports.Charts;
using Vae.Reports.Page;

namespace Vae.Reports;

/// <summary>
/// The drawn rows in the plane of the two latent dimensions that say most (of a model with one dimension, that and the score), coloured by
/// the first column that was asked for.
/// </summary>
[TypeFormatterSource]
public sealed class LatentMap
{
    private static readonly PictureSize Size = new(640, 480);

    private readonly MapAxis _x;
    private readonly MapAxis _y;
    private readonly MapColour _colour;
    private readonly string _note;

    internal LatentMap(ReportSource source)
    {
        var builder = new MapBuilder(source);
        var map = builder.Build();
        (_x, _y) = (map.Axes[0], map.Axes[1]);
        _colour = map.Colours[0];
        _note = map.Note;
    }

    /// <summary>The map as an SVG picture.</summary>
    public string ToSvg() => Draw().ToString(SaveOptions.DisableFormatting);

    /// <summary>The map as a piece of HTML: the picture with a line below it.</summary>
    public string ToHtml() => Html.Figure(Draw(), $"{_note} Colour: {_colour.Name}.");

    private XElement Draw()
    {
        var points = _x.Values.Zip(_y.Values, _colour.Values);
        DotGroup[] groups = _colour.Categories is { } categories
            ? [.. points.GroupBy(point => double.IsNaN(point.Third) ? categories.Length : (int)point.Third).OrderBy(group => group.Key)
                .Select(group => group.Key == categories.Length
                    ? new DotGroup("missing", Svg.Missing, Places(group))
                    : new DotGroup(categories[group.Key], Svg.Palette[group.Key % Svg.Palette.Length], Places(group)))]
            : Ranges([.. points]);
        return ScatterChart.Draw(groups, (_x.Name, _y.Name), Size);
    }

    /// <summary>As many dots of each colour, from low values to high ones.</summary>
    private static DotGroup[] Ranges((double X, double Y, double Value)[] points)
    {
        var known = points.Where(point => !double.IsNaN(point.Value)).OrderBy(point => point.Value).ToArray();
        int colours = Svg.Scale.Length;
        return
        [
            new DotGroup(null, Svg.Missing, Places(points.Where(point => double.IsNaN(point.Value)))),
            .. Enumerable.Range(0, colours).Select(i => known[(i * known.Length / colours)..((i + 1) * known.Length / colours)])
                .Where(part => part.Length > 0)
                .Select((part, i) => new DotGroup(
                    i == 0 || part[^1].Equals(known[^1]) ? Words.Number(i == 0 ? part[0].Value : part[^1].Value) : null,
                    Svg.Scale[i], Places(part))),
        ];
    }

    private static (double X, double Y)[] Places(IEnumerable<(double X, double Y, double Value)> points) =>
        [.. points.Select(point => (point.X, point.Y))];
}
