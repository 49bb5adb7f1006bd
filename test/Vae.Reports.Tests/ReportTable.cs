using System.Text.Json;
using System.Text.RegularExpressions;
using Vae.Data;
using Vae.Options;
using Vae.Training.Managed;

namespace Vae.Reports.Tests;

/// <summary>A table of pots with a column of every kind, one that never changes, and missing values; and the data in a page.</summary>
internal static partial class ReportTable
{
    public const int Rows = 240;

    public static readonly FeatureLayout Layout = new FeatureLayoutBuilder()
        .Numeric("height").Numeric("weight").Numeric("always").OneHot("glaze", "red", "green", "blue").Binary("cracked").Build();

    private static readonly Lazy<VaeModel> Trained = new(() => new ManagedTrainer().Train(Table(), new VaeOptions
    {
        LatentDimension = 3,
        HiddenLayers = [16],
        Epochs = 60,
        BatchSize = 16,
        Seed = 1,
    }));

    /// <summary>A model of the pots that has learned something of them.</summary>
    public static VaeModel Model => Trained.Value;

    /// <summary>The kilns in which the pots were burnt: a column besides.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Columns { get; } = new Dictionary<string, IReadOnlyList<string>>
    {
        ["kiln"] = [.. Enumerable.Range(0, Rows).Select(row => row % 3 == 0 ? "wood" : "gas")],
        ["name"] = [.. Enumerable.Range(0, Rows).Select(row => $"pot {row + 1}")],
    };

    public static MatrixRows Table()
    {
        var random = new Random(1);
        var values = new List<float>();
        for (int row = 0; row < Rows; row++)
        {
            float height = 10 + 20 * random.NextSingle();
            int glaze = height < 16 ? 0 : height < 23 ? 1 : 2;
            float weight = row % 10 == 0 ? float.NaN : height * height / 10 + random.NextSingle();
            values.AddRange([height, weight, 7, glaze == 0 ? 1 : 0, glaze == 1 ? 1 : 0, glaze == 2 ? 1 : 0, height > 25 ? 1 : 0]);
        }

        values[(17 * Layout.RowWidth) + 1] = 900; // a pot of far too great a weight
        return new MatrixRows(Layout, values.ToArray());
    }

    /// <summary>What a page shows, as its script reads it.</summary>
    public static JsonElement Data(string html) => JsonDocument.Parse(DataOf().Match(html).Groups["json"].Value).RootElement;

    [GeneratedRegex("<script type=\"application/json\" id=\"data\">(?<json>.*?)</script>", RegexOptions.Singleline)]
    private static partial Regex DataOf();
}
