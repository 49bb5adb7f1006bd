using System.Globalization;
using Vae.Data;
using Vae.Reports.Charts;
using Vae.Reports.Rows;

namespace Vae.Reports.Page;

/// <summary>Makes the map of the drawn rows: where they are, and what they can be coloured by.</summary>
internal sealed class MapBuilder(ReportSource source)
{
    private const int MostDimensions = 6;

    /// <summary>More categories than these have no colours of their own.</summary>
    private const int MostCategories = 10;

    /// <summary>A column of numbers with few whole ones is a column of categories.</summary>
    private const int MostWholeNumbers = 8;

    /// <summary>The values, at most, that a page has room for: what was asked for comes first, then inputs.</summary>
    private const int MostValues = 100_000;

    private readonly IReadOnlyList<SurveyedRow> _rows = source.Survey.Drawn;

    public MapData Build()
    {
        string all = Words.Count(source.Survey.Results.Count, "row");
        string note = _rows.Count == source.Survey.Results.Count
            ? $"Each dot is one of {all}."
            : $"Each dot is one of {Words.Count(_rows.Count, "row")}, drawn at random from {all}; all are counted elsewhere on this page.";
        return new MapData(note, [.. _rows.Select(source.NameOf)], [.. Axes()], [.. Given(), .. Scores(), .. Inputs()]);
    }

    /// <summary>The two coordinates of the drawn rows: of one dimension alone, that and the score.</summary>
    public (MapAxis X, MapAxis Y) Plane() => Axes().ToArray() is var axes ? (axes[0], axes[1]) : default;

    /// <summary>What the rows are coloured by first.</summary>
    public MapColour FirstColour() => Given().Concat(Scores()).First();

    private IEnumerable<MapAxis> Axes()
    {
        int dimensions = source.Model.LatentDimension;
        float[] means = new float[_rows.Count * dimensions];
        source.Model.Encode(_rows.SelectMany(row => row.Values).ToArray(), means);
        foreach (var (index, _) in source.Dimensions.Take(MostDimensions))
        {
            yield return new MapAxis(
                ReportSource.DimensionName(index), true,
                [.. Enumerable.Range(0, _rows.Count).Select(row => Math.Round(means[row * dimensions + index], 3))]);
        }

        yield return new MapAxis("score", false, [.. _rows.Select(row => (double)row.Result.Score)]);
    }

    private IEnumerable<MapColour> Given()
    {
        var columns = source.Survey.Columns;
        foreach (string name in source.ColourColumns)
        {
            int index = columns.ToList().FindIndex(column => column.Name == name);
            if (index >= 0)
                yield return Colour(name, columns[index].IsNumber, [.. _rows.Select(row => row.Cells[index])]);
            else if (source.Model.Layout.Features.FirstOrDefault(feature => feature.Name == name) is { } feature)
                yield return Input(feature);
        }
    }

    private IEnumerable<MapColour> Scores()
    {
        if (source.Detector is not null)
        {
            yield return new MapColour("alarm", false, ["normal", "alarm"], [.. _rows.Select(row => row.Result.IsAnomaly ? 1.0 : 0)]);
            yield return new MapColour("p-value", false, null, [.. _rows.Select(row => (double)row.Result.PValue)]);
        }

        yield return new MapColour("score", false, null, [.. _rows.Select(row => (double)row.Result.Score)]);
    }

    private IEnumerable<MapColour> Inputs()
    {
        int most = Math.Max(1, MostValues / _rows.Count - source.ColourColumns.Count);
        var features = source.Model.Layout.Features;
        var best = source.Model.Diagnosis.Features.Zip(features).OrderByDescending(pair => pair.First.Quality).Take(most)
            .Select(pair => pair.Second).ToHashSet();
        return features.Where(feature => best.Contains(feature) && !source.ColourColumns.Contains(feature.Name)).Select(Input);
    }

    private MapColour Input(Feature feature)
    {
        if (feature.Kind == FeatureKind.Numeric)
            return new MapColour(feature.Name, true, null, [.. _rows.Select(row => (double)row.Values[feature.Start])]);
        var names = FeatureSummary.CategoryNames(feature);
        return Categories(feature.Name, true, [.. _rows.Select(row => FeatureSummary.CategoryOf(feature, row.Values))
            .Select(category => category < 0 ? null : names[category])]);
    }

    private static MapColour Colour(string name, bool isNumber, Cell[] cells)
    {
        bool isCategory = !isNumber
            || (cells.All(cell => double.IsNaN(cell.Number) || cell.Number == Math.Round(cell.Number))
                && cells.Select(cell => cell.Number).Distinct().Count() <= MostWholeNumbers);
        return isCategory
            ? Categories(name, false, Array.ConvertAll(cells, ReportSource.TextOf))
            : new MapColour(name, false, null, Array.ConvertAll(cells, cell => cell.Number));
    }

    /// <summary>The categories in their natural order; of very many the most frequent ones, and what stands for all others.</summary>
    private static MapColour Categories(string name, bool isInput, string?[] texts)
    {
        string[] all = [.. texts.OfType<string>().GroupBy(text => text).OrderByDescending(group => group.Count())
            .ThenBy(group => group.Key, StringComparer.Ordinal).Select(group => group.Key)];
        string[] known = [.. (all.Length <= MostCategories ? all : all[..(MostCategories - 1)])
            .OrderBy(text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : 0)
            .ThenBy(text => text, StringComparer.Ordinal)];
        var places = known.Select((text, index) => (text, index)).ToDictionary(pair => pair.text, pair => (double)pair.index);
        string[] shown = known.Length == all.Length ? known : [.. known, $"{all.Length - known.Length} others"];
        double[] values = Array.ConvertAll(texts, text => text is null ? double.NaN : places.GetValueOrDefault(text, known.Length));
        return new MapColour(name, isInput, Array.ConvertAll(shown, ReportSource.Short), values);
    }
}
