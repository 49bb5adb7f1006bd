using System.Globalization;
using System.Linq.Expressions;
using System.Xml.Linq;
using FluentAssertions;
using Vae.Data;
using Vae.Diagnostics;
using Vae.History;
using Vae.Options;
using Vae.Reports.Charts;

namespace Vae.Reports.Tests;

/// <summary>Pictures and pieces of HTML, and how notebooks find them.</summary>
public sealed class PictureTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    [Fact]
    public void The_history_is_a_picture_with_three_curves_and_the_kept_epoch()
    {
        var history = ReportTable.Model.History;

        var picture = XElement.Parse(history.ToSvg());

        picture.Elements(Svg + "path").Should().HaveCount(3);
        string[] points = ((string)picture.Elements(Svg + "path").First().Attribute("d")!).Split('M', 'L')[1..];
        points.Should().HaveCount(history.Epochs.Count);
        Texts(picture).Should().Contain([$"epoch {history.BestEpoch} kept", "validation", "reconstruction", "KL"]);
        ((string)picture.Attribute("aria-label")!).Should().Contain($"{history.Epochs.Count} epochs");
    }

    [Fact]
    public void The_diagnosis_is_a_picture_with_a_bar_for_each_feature_and_HTML_with_its_findings()
    {
        var diagnosis = ReportTable.Model.Diagnosis;

        Texts(XElement.Parse(diagnosis.ToSvg())).Should().Contain(["height", "glaze", "one value only"]);
        var html = XElement.Parse(diagnosis.ToHtml());
        html.Descendants("li").Should().HaveCount(diagnosis.Findings.Count);
        html.Descendants(Svg + "svg").Should().ContainSingle();
    }

    [Fact]
    public void The_map_is_a_picture_with_a_dot_for_each_row()
    {
        var map = ReportTable.Model.Report(
            ReportTable.Table(), new VaeReportOptions { ColorBy = ["glaze"] }, ReportTable.Columns).Map;

        var picture = XElement.Parse(map.ToSvg());

        picture.Elements(Svg + "path").Sum(path => ((string)path.Attribute("d")!).Split("h0").Length - 1).Should().Be(ReportTable.Rows);
        Texts(picture).Should().Contain(["red", "green", "blue"]);
        XElement.Parse(map.ToHtml()).Element("figcaption")!.Value.Should().Be("Each dot is one of 240 rows. Colour: glaze.");
    }

    [Fact]
    public void A_model_without_history_and_with_one_dimension_has_pictures_too()
    {
        var layout = FeatureLayout.Numeric(1);
        var model = UntrainedModels.Create(layout, new VaeOptions { LatentDimension = 1 });

        var report = model.Report(new MatrixRows(layout, new float[] { 1, 1, float.NaN }));

        XElement.Parse(report.Map.ToSvg()).Elements(Svg + "path").Should().NotBeEmpty();
        XElement.Parse(model.History.ToSvg()).Elements(Svg + "path").Should().BeEmpty();
        report.ToHtml().Should().Contain("dimension 1");
    }

    [Theory]
    [InlineData(typeof(VaeDiagnosis))]
    [InlineData(typeof(TrainingHistory))]
    [InlineData(typeof(LatentMap))]
    [InlineData(typeof(VaeReport))]
    public void A_notebook_finds_the_HTML_by_its_convention(Type type)
    {
        object value = type == typeof(VaeDiagnosis) ? ReportTable.Model.Diagnosis
            : type == typeof(TrainingHistory) ? ReportTable.Model.History
            : ReportTable.Model.Report(ReportTable.Table()) is var report && type == typeof(VaeReport) ? report : report.Map;

        Notebook(value).Should().StartWith("<").And.Contain("<svg");
    }

    [Theory]
    [InlineData(0, "0")]
    [InlineData(9950, "9,950")]
    [InlineData(-1234567, "−1,234,567")]
    [InlineData(0.123456, "0.1235")]
    [InlineData(12.3456, "12.35")]
    [InlineData(123.456, "123.5")]
    [InlineData(5, "5")]
    [InlineData(2e9, "2e+9")]
    [InlineData(double.NaN, "–")]
    public void Numbers_have_about_four_digits_in_every_culture(double value, string text)
    {
        var culture = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("") { NumberFormat = { NumberDecimalSeparator = ";" } };
            Words.Number(value).Should().Be(text);
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    /// <summary>What a notebook does that knows of a type only its attribute: names and reflection.</summary>
    private static string Notebook(object value)
    {
        object attribute = value.GetType().GetCustomAttributes(true).Single(one => one.GetType().Name == "TypeFormatterSourceAttribute");
        var sourceType = (Type)attribute.GetType().GetProperty("FormatterSourceType")!.GetValue(attribute)!;
        object source = Activator.CreateInstance(sourceType)!;
        var formatters = (System.Collections.IEnumerable)sourceType.GetMethod("CreateTypeFormatters")!.Invoke(source, null)!;
        foreach (object formatter in formatters)
        {
            if (!Equals(formatter.GetType().GetProperty("Type")!.GetValue(formatter), value.GetType())) continue;
            formatter.GetType().GetProperty("MimeType")!.GetValue(formatter).Should().Be("text/html");
            var (instance, writer) = (Expression.Parameter(typeof(object)), Expression.Parameter(typeof(TextWriter)));
            var call = Expression.Call(Expression.Constant(formatter), formatter.GetType().GetMethod("Format")!, instance, writer);
            using var text = new StringWriter();
            Expression.Lambda<Func<object, TextWriter, bool>>(call, instance, writer).Compile()(value, text).Should().BeTrue();
            return text.ToString();
        }

        throw new InvalidOperationException($"There is no formatter of {value.GetType()}.");
    }

    private static string[] Texts(XElement picture) => [.. picture.Descendants(Svg + "text").Select(text => text.Value)];
}
