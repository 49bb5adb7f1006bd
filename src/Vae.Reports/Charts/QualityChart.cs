using System.Xml.Linq;
using Vae.Data;
using Vae.Diagnostics;

namespace Vae.Reports.Charts;

/// <summary>How well each feature is reconstructed, as bars.</summary>
internal static class QualityChart
{
    private const double Width = 720;
    private const double RowHeight = 19;
    private const double NameWidth = 200;
    private const double ValueWidth = 130;
    private const int MostNameLetters = 24;

    /// <summary>More bars than these nobody reads.</summary>
    private const int MostFeatures = 40;

    public static XElement Draw(VaeDiagnosis diagnosis)
    {
        FeatureQuality[] features = [.. diagnosis.Features.Take(MostFeatures)];
        double height = RowHeight * features.Length + 6;
        var picture = Svg.Element(
            "svg", new XAttribute("viewBox", $"0 0 {Svg.Number(Width)} {Svg.Number(height)}"), new XAttribute("role", "img"),
            new XAttribute("aria-label", $"Reconstruction of {Words.Count(diagnosis.Features.Count, "feature")}."),
            new XAttribute("font-family", "system-ui, sans-serif"), new XAttribute("font-size", "12"));
        const double track = Width - NameWidth - ValueWidth;
        for (int i = 0; i < features.Length; i++)
        {
            double middle = RowHeight * (i + 0.5) + 3;
            picture.Add(Svg.Text(NameWidth - 8, middle + 4, "end", Words.Short(features[i].Name, MostNameLetters)));
            var empty = Svg.Rectangle(NameWidth, middle - 4, track, 8, "currentColor");
            empty.Add(new XAttribute("fill-opacity", "0.1"));
            picture.Add(empty);
            double part = double.IsNaN(features[i].Quality) ? 0 : Math.Clamp(features[i].Quality, 0, 1);
            picture.Add(Svg.Rectangle(NameWidth, middle - 4, track * part, 8, Svg.Palette[0]));
            picture.Add(Svg.Text(NameWidth + track + 8, middle + 4, "start", Value(features[i])));
        }

        return picture;
    }

    /// <summary>The quality of a feature in words.</summary>
    public static string Value(FeatureQuality feature) =>
        feature.IsEmpty ? "no value"
        : feature.IsConstant ? "one value only"
        : feature.Kind == FeatureKind.Numeric ? $"R² {Words.Number(Math.Round(feature.Quality, 2))}"
        : $"{Words.Percent(feature.Quality)} right";
}
