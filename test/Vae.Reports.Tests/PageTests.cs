using System.Text;
using System.Text.Json;
using FluentAssertions;
using Vae.Data;
using Vae.Detection;
using Vae.Options;
using Vae.Training.Managed;

namespace Vae.Reports.Tests;

/// <summary>What a page says of a table.</summary>
public sealed class PageTests
{
    private const string Attack = "</script><img src=x onerror=hacked()>{{style}}\"'&";

    private static readonly VaeReportOptions ByKiln = new() { ColorBy = ["kiln", "glaze"], NameColumn = "name" };

    [Fact]
    public void The_map_has_every_row_where_the_model_puts_it_under_its_name()
    {
        var table = ReportTable.Table();
        float[] means = new float[ReportTable.Rows * 3];
        ReportTable.Model.Encode(Values(table), means);

        var map = Report().GetProperty("map");

        Texts(map.GetProperty("names")).Should().Equal(ReportTable.Columns["name"]);
        var axis = map.GetProperty("axes")[0];
        int dimension = int.Parse(axis.GetProperty("name").GetString()!["dimension ".Length..], null) - 1;
        Numbers(axis.GetProperty("values")).Zip(Enumerable.Range(0, ReportTable.Rows))
            .Should().OnlyContain(row => Math.Abs(row.First - means[row.Second * 3 + dimension]) < 1e-3);
        map.GetProperty("axes").GetArrayLength().Should().Be(4, "three dimensions and the score");
    }

    [Fact]
    public void The_first_colour_is_the_column_that_was_asked_for_and_all_inputs_are_offered()
    {
        var colours = Report().GetProperty("map").GetProperty("colours").EnumerateArray().ToArray();

        colours.Select(colour => colour.GetProperty("name").GetString())
            .Should().Equal("kiln", "glaze", "score", "height", "weight", "always", "cracked");
        Texts(colours[0].GetProperty("categories")).Should().Equal("gas", "wood");
        Numbers(colours[0].GetProperty("values"))
            .Should().Equal(Enumerable.Range(0, ReportTable.Rows).Select(row => row % 3 == 0 ? 1.0 : 0));
        colours[4].GetProperty("values")[10].ValueKind.Should().Be(JsonValueKind.Null, "the weight of every tenth pot is missing");
    }

    [Fact]
    public void Missing_and_constant_columns_are_told()
    {
        var columns = Report().GetProperty("features").EnumerateArray().ToDictionary(column => column.GetProperty("name").GetString()!);

        columns["weight"].GetProperty("missing").GetString().Should().Be("10\u00a0%");
        columns["height"].GetProperty("missing").GetString().Should().BeEmpty();
        columns["always"].GetProperty("flag").GetString().Should().Be("constant");
        columns["always"].GetProperty("typical").GetString().Should().Be("always 7");
        columns["glaze"].GetProperty("kind").GetString().Should().Be("3 categories");
        columns.Values.Count(column => column.GetProperty("flag").GetString() == "constant").Should().Be(1);
    }

    [Fact]
    public void The_row_with_a_wrong_value_is_the_most_unusual_one_for_that_value()
    {
        var first = Report().GetProperty("unusual")[0];

        first.GetProperty("name").GetString().Should().Be("pot 18");
        first.GetProperty("reasons")[0].GetString().Should().StartWith("weight is 900");
    }

    [Fact]
    public void The_dimension_that_tells_most_moves_the_height_and_what_depends_on_it()
    {
        var card = Report().GetProperty("dimensions")[0];

        var effects = card.GetProperty("effects").EnumerateArray().Select(effect => effect.GetProperty("name").GetString()!).ToArray();
        effects.Should().Contain("height").And.Contain(name => name.StartsWith("glaze = ", StringComparison.Ordinal));
        effects.Should().NotContain("always");
    }

    [Fact]
    public void Findings_layout_and_training_are_those_of_the_model()
    {
        var page = Report();

        Texts(page.GetProperty("findings"), "message")
            .Should().Equal(ReportTable.Model.Diagnosis.Findings.Select(finding => finding.Message));
        page.GetProperty("tiles")[1].GetProperty("note").GetString().Should().Be("3 numeric, 1 yes/no, 1 one-hot");
        page.GetProperty("training").GetString().Should().Contain("trainer: Managed");
    }

    [Fact]
    public void A_hundred_thousand_rows_make_a_page_below_two_megabytes_that_says_how_many_are_drawn()
    {
        const int rows = 100_000;
        var layout = FeatureLayout.Numeric(20);
        var random = new Random(1);
        float[] values = [.. Enumerable.Range(0, rows * layout.RowWidth).Select(_ => random.NextSingle() * 1000 - 300)];
        var model = UntrainedModels.Create(layout, new VaeOptions { LatentDimension = 8, HiddenLayers = [8] }, randomWeights: 1);
        var columns = new Dictionary<string, IReadOnlyList<string>>
        {
            ["group"] = [.. Enumerable.Range(0, rows).Select(row => $"group {row % 30}")],
            ["name"] = [.. Enumerable.Range(0, rows).Select(row => $"customer of the eastern branch {row}")],
        };

        var report = model.Report(
            new MatrixRows(layout, values), new VaeReportOptions { ColorBy = ["group"], NameColumn = "name", DrawnRows = 10_000 }, columns);

        Encoding.UTF8.GetByteCount(report.ToHtml()).Should().BeLessThan(2_000_000);
        var map = ReportTable.Data(report.ToHtml()).GetProperty("map");
        map.GetProperty("note").GetString().Should().StartWith("Each dot is one of 10,000 rows, drawn at random from 100,000 rows");
        int[] drawn = [.. Texts(map.GetProperty("names")).Select(name => int.Parse(name.Split(' ')[^1], null))];
        drawn.Should().OnlyHaveUniqueItems().And.BeInAscendingOrder().And.HaveCount(10_000);
        drawn.Average().Should().BeApproximately(rows / 2.0, 4 * rows / Math.Sqrt(12 * 10_000), "they are drawn from all of the table");
        Texts(map.GetProperty("colours")[0].GetProperty("categories")).Should().HaveCount(10).And.EndWith("21 others");
    }

    [Fact]
    public void Text_from_the_table_is_never_markup()
    {
        var layout = new FeatureLayoutBuilder().Numeric(Attack).OneHot("group" + Attack, "a" + Attack, "b").Build();
        var model = new ManagedTrainer().Train(
            new MatrixRows(layout, HostileValues()), new VaeOptions { LatentDimension = 2, HiddenLayers = [4], Epochs = 2, Seed = 1 });

        var report = model.Report(
            new MatrixRows(layout, HostileValues()),
            new VaeReportOptions { Title = Attack, ColorBy = [Attack + "!"], NameColumn = Attack + "!" },
            new Dictionary<string, IReadOnlyList<string>> { [Attack + "!"] = [.. Enumerable.Repeat(Attack, 40)] });

        foreach (string text in (string[])[
            report.ToHtml(), report.Map.ToSvg(), report.Map.ToHtml(), model.Diagnosis.ToSvg(), model.Diagnosis.ToHtml()])
        {
            text.Should().NotContain("<img").And.NotContain("</script><");
        }

        string html = report.ToHtml();
        html.Split("</script>").Should().HaveCount(3, "there are two scripts");
        ReportTable.Data(html).GetProperty("features")[0].GetProperty("name").GetString().Should().Be(Attack);

        static float[] HostileValues() => [.. Enumerable.Range(0, 40).SelectMany(row => new float[] { row, row % 2, 1 - row % 2 })];
    }

    [Fact]
    public void A_detectors_page_counts_its_alarms_and_marks_where_they_begin()
    {
        var detector = VaeDetector.Train(new ManagedTrainer(), ReportTable.Table(), new DetectionOptions
        {
            FalseAlarmRate = 0.1,
            CalibrationFolds = 1,
            Model = new VaeOptions { LatentDimension = 2, HiddenLayers = [8], Epochs = 5, Seed = 1 },
        });
        var results = new RowDetection[ReportTable.Rows];
        detector.Detect(Values(ReportTable.Table()), results);

        string html = detector.Report(ReportTable.Table()).ToHtml();

        var page = ReportTable.Data(html);
        int alarms = results.Count(result => result.IsAnomaly);
        page.GetProperty("tiles")[3].GetProperty("value").GetString().Should().Be(alarms.ToString(null, null));
        var first = page.GetProperty("map").GetProperty("colours")[0];
        first.GetProperty("name").GetString().Should().Be("alarm");
        Numbers(first.GetProperty("values")).Sum().Should().Be(alarms);
        double highestNormal = results.Where(result => !result.IsAnomaly).Max(result => result.Score);
        double lowestAlarm = results.Where(result => result.IsAnomaly).Min(result => result.Score);
        double threshold = Threshold(html);
        threshold.Should().BeInRange(highestNormal - 0.006, lowestAlarm + 0.006, "the text has two decimals or more");
    }

    [Fact]
    public void A_detector_of_several_models_says_whose_map_it_shows()
    {
        var detector = VaeDetector.Train(new ManagedTrainer(), ReportTable.Table(), new DetectionOptions
        {
            FalseAlarmRate = 0.1,
            CalibrationFolds = 3,
            Model = new VaeOptions { LatentDimension = 2, HiddenLayers = [8], Epochs = 3, Seed = 1 },
        });
        var results = new RowDetection[ReportTable.Rows];
        detector.Detect(Values(ReportTable.Table()), results);

        string html = detector.Report(ReportTable.Table()).ToHtml();

        ReportTable.Data(html).GetProperty("lead").GetString().Should().Contain("averages 3 models");
        Threshold(html).Should().BeApproximately(results.Where(result => result.IsAnomaly).Min(result => result.Score), 0.006);
    }

    [Fact]
    public void The_dimensions_of_a_conditional_model_are_decoded_with_the_conditions_of_a_row()
    {
        var layout = new FeatureLayoutBuilder().Numeric("x", 3).Conditions().OneHot("shop", "north", "south").Build();
        var model = UntrainedModels.Create(layout, new VaeOptions { LatentDimension = 2, HiddenLayers = [4] }, randomWeights: 1);
        float[] values = [.. Enumerable.Range(0, 30).SelectMany(row => new float[] { row % 5, row % 3, row, row % 2, 1 - row % 2 })];

        var page = ReportTable.Data(model.Report(new MatrixRows(layout, values)).ToHtml());

        page.GetProperty("tiles")[1].GetProperty("note").GetString().Should().Be("3 numeric, 1 condition");
        page.GetProperty("dimensions").EnumerateArray().Should().NotBeEmpty();
    }

    [Fact]
    public void The_same_rows_make_the_same_page() =>
        ReportTable.Model.Report(ReportTable.Table(), ByKiln, ReportTable.Columns).ToHtml()
            .Should().Be(ReportTable.Model.Report(ReportTable.Table(), ByKiln, ReportTable.Columns).ToHtml());

    [Fact]
    public void Saving_makes_the_folder_and_leaves_no_other_file()
    {
        using var folder = new TemporaryFolder();
        string path = Path.Combine(folder.Path, "new", "report.html");

        ReportTable.Model.SaveReport(path, ReportTable.Table(), ByKiln, ReportTable.Columns);

        File.ReadAllText(path).Should().StartWith("<!doctype html>").And.EndWith("</html>\n");
        Directory.EnumerateFiles(Path.GetDirectoryName(path)!).Should().ContainSingle();
    }

    [Fact]
    public void What_cannot_be_reported_is_named()
    {
        var model = ReportTable.Model;
        var table = ReportTable.Table();

        model.Invoking(m => m.Report(table, new VaeReportOptions { ColorBy = ["colour"] }))
            .Should().Throw<ArgumentException>().WithMessage("*'colour' is neither a feature*");
        model.Invoking(m => m.Report(new MatrixRows(ReportTable.Layout, Array.Empty<float>())))
            .Should().Throw<ArgumentException>().WithMessage("*no rows*");
        model.Invoking(m => m.Report(new MatrixRows(FeatureLayout.Numeric(2), new float[2])))
            .Should().Throw<ArgumentException>().WithMessage("*another layout*");
        model.Invoking(m => m.Report(table, new VaeReportOptions { DrawnRows = 0 })).Should().Throw<ArgumentOutOfRangeException>()
            .WithParameterName("DrawnRows");
        model.Invoking(m => m.Report(table, new VaeReportOptions { CancellationToken = new CancellationToken(true) }))
            .Should().Throw<OperationCanceledException>();
    }

    private static JsonElement Report() =>
        ReportTable.Data(ReportTable.Model.Report(ReportTable.Table(), ByKiln, ReportTable.Columns).ToHtml());

    private static float[] Values(MatrixRows table)
    {
        float[] values = new float[table.Count * table.Layout.RowWidth];
        using var reader = table.Open();
        reader.Read(values, []);
        return values;
    }

    private static double Threshold(string html)
    {
        const string words = "alarm above ";
        string rest = html[(html.IndexOf(words, StringComparison.Ordinal) + words.Length)..];
        return double.Parse(rest[..rest.IndexOf('<', StringComparison.Ordinal)], System.Globalization.CultureInfo.InvariantCulture);
    }

    private static string[] Texts(JsonElement array, string? property = null) =>
        [.. array.EnumerateArray().Select(item => (property is null ? item : item.GetProperty(property)).GetString()!)];

    private static double[] Numbers(JsonElement array) => [.. array.EnumerateArray().Select(item => item.GetDouble())];
}
