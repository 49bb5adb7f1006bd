using System.Globalization;
using FluentAssertions;
using Vae.Data;
using Vae.Options;

namespace Vae.Reports.Tests;

/// <summary>The page in a real browser.</summary>
public sealed class BrowserTests
{
    private const string Dots = "[...document.querySelectorAll('#plot .dots')]";

    private static readonly VaeReportOptions ByKiln = new() { ColorBy = ["kiln"], NameColumn = "name" };

    [BrowserFact]
    public async Task Every_row_is_a_dot_that_says_its_name_under_the_pointer()
    {
        await using var browser = await Browser.Open(Page(), 1100);
        (await Number(browser, $"{Dots}.map(path => path.getAttribute('d').split('h0').length - 1).reduce((a, b) => a + b)"))
            .Should().Be(ReportTable.Rows);

        foreach (int row in (int[])[3, 17, 200])
        {
            string place = $"(plot => [plot.xOf({row}) + plot.host.getBoundingClientRect().left, "
                + $"plot.yOf({row}) + plot.host.getBoundingClientRect().top])(plot)";
            await browser.Evaluate("document.getElementById('plot').scrollIntoView({ behavior: 'instant', block: 'center' })");
            var at = (await browser.Evaluate(place))!;
            await browser.Point(at[0]!.GetValue<double>(), at[1]!.GetValue<double>());
            (await Text(browser, "document.querySelector('#tooltip:not([hidden]) b').textContent")).Should().Be($"pot {row + 1}");
            (await Text(browser, "document.querySelector('#tooltip td').textContent")).Should().Be("kiln");
        }

        await browser.Point(2, 2);
        (await Text(browser, "String(document.getElementById('tooltip').hidden)")).Should().Be("true");
        browser.Complaints.Should().BeEmpty();
    }

    [BrowserFact]
    public async Task Another_colour_divides_the_rows_otherwise_and_its_legend_hides_them()
    {
        await using var browser = await Browser.Open(Page(), 1100);
        (await Number(browser, $"{Dots}.length")).Should().Be(2, "there are two kilns");

        await browser.Evaluate(
            "(select => { select.value = data.map.colours.findIndex(colour => colour.name === 'glaze'); "
            + "select.dispatchEvent(new Event('change')); })(document.getElementById('colour'))");

        (await Number(browser, $"{Dots}.length")).Should().Be(3);
        (await Text(browser, "[...document.querySelectorAll('#legend button')].map(button => button.textContent).sort().join()"))
            .Should().Be("blue,green,red");
        await browser.Evaluate("document.querySelector('#legend button').click()");
        (await Number(browser, $"{Dots}.length")).Should().Be(2);
        (await Text(browser, "document.querySelector('#legend button').getAttribute('aria-pressed')")).Should().Be("false");
        browser.Complaints.Should().BeEmpty();
    }

    [BrowserFact]
    public async Task The_keyboard_goes_from_row_to_row_and_each_is_spoken()
    {
        await using var browser = await Browser.Open(Page(), 1100);
        await browser.Evaluate("document.getElementById('plot').focus()");

        await browser.Press("ArrowRight");
        string first = await Text(browser, "document.getElementById('spoken').textContent");
        await browser.Press("ArrowRight");
        string second = await Text(browser, "document.getElementById('spoken').textContent");

        first.Should().StartWith("pot ").And.Contain(": kiln ");
        second.Should().StartWith("pot ").And.NotBe(first);
        browser.Complaints.Should().BeEmpty();
    }

    [BrowserFact]
    public async Task A_pair_of_dimensions_goes_to_the_large_map()
    {
        await using var browser = await Browser.Open(Page(), 1100);
        (await Number(browser, "document.querySelectorAll('#pairs button').length")).Should().Be(3, "three dimensions have three pairs");

        await browser.Evaluate("document.querySelectorAll('#pairs button')[2].click()");

        (await Text(browser, "[...document.querySelectorAll('#plot text.title')].map(text => text.textContent).join()"))
            .Should().Be(await Text(browser, "[data.map.axes[1].name, data.map.axes[2].name].join()"));
        browser.Complaints.Should().BeEmpty();
    }

    [BrowserTheory]
    [InlineData(360)]
    [InlineData(1400)]
    public async Task The_page_is_no_wider_than_its_window(int width)
    {
        await using var browser = await Browser.Open(Page(), width);

        (await Number(browser, "document.documentElement.scrollWidth")).Should().BeLessThanOrEqualTo(width);
        (await Number(browser, "document.getElementById('plot').getBoundingClientRect().height")).Should().BeGreaterThan(250);
        browser.Complaints.Should().BeEmpty();
    }

    [BrowserFact]
    public async Task Text_from_the_table_does_nothing_in_a_browser()
    {
        const string attack = "</script><img src=x onerror=\"window.hacked = true\"><script>window.hacked = true</script>";
        var layout = new FeatureLayoutBuilder().Numeric(attack).OneHot("kind " + attack, attack, "b").Build();
        float[] values = [.. Enumerable.Range(0, 40).SelectMany(row => new float[] { row, row % 2, 1 - row % 2 })];
        var model = UntrainedModels.Create(layout, new VaeOptions { LatentDimension = 3, HiddenLayers = [4] }, randomWeights: 1);
        string page = model.Report(
            new MatrixRows(layout, values), new VaeReportOptions { Title = attack, ColorBy = ["kiln"], NameColumn = "kiln" },
            new Dictionary<string, IReadOnlyList<string>> { ["kiln"] = [.. Enumerable.Repeat(attack, 40)] }).ToHtml();

        await using var browser = await Browser.Open(page, 800);
        await browser.Evaluate("document.getElementById('plot').focus()");
        await browser.Press("ArrowDown");

        (await Text(browser, "String(window.hacked)")).Should().Be("undefined");
        (await Number(browser, "document.images.length")).Should().Be(0);
        (await Text(browser, "document.querySelector('h1').textContent")).Should().Be(attack);
        (await Text(browser, "document.querySelector('#tooltip b').textContent")).Should().StartWith("</script><img");
        browser.Complaints.Should().BeEmpty();
    }

    private static string Page() => ReportTable.Model.Report(ReportTable.Table(), ByKiln, ReportTable.Columns).ToHtml();

    private static async Task<double> Number(Browser browser, string expression) =>
        double.Parse((await browser.Evaluate(expression))!.ToJsonString(), CultureInfo.InvariantCulture);

    private static async Task<string> Text(Browser browser, string expression) => (await browser.Evaluate(expression))!.GetValue<string>();
}
