using System.Xml.Linq;

namespace Vae.Reports.Charts;

/// <summary>The size of a picture, in pixels.</summary>
internal readonly record struct PictureSize(double Width, double Height);

/// <summary>The values that an axis covers.</summary>
internal readonly record struct AxisRange(double From, double To)
{
    public double Length => To - From;

    /// <summary>What covers some values, with a margin; something around them where they are all the same.</summary>
    public static AxisRange Of(IEnumerable<double> values, double margin = 0)
    {
        double low = double.PositiveInfinity;
        double high = double.NegativeInfinity;
        foreach (double value in values.Where(double.IsFinite))
            (low, high) = (Math.Min(low, value), Math.Max(high, value));
        if (low > high) return new AxisRange(0, 1);
        double extra = high > low ? margin * (high - low) : Math.Max(1e-3, Math.Abs(low)) / 2;
        return new AxisRange(low - extra, high + extra);
    }
}

/// <summary>A picture with two axes and room for what is drawn between them.</summary>
internal sealed class Frame
{
    private const double Left = 48;
    private const double Right = 12;
    private const double Top = 30;
    private const double Bottom = 40;
    private const double PixelsPerTick = 64;
    private const double LegendGap = 33;
    private const double LetterWidth = 6.6;
    private const int MostLegendLetters = 18;

    private static readonly int[] Steps = [1, 2, 5, 10];

    private readonly XElement _legend = Svg.Element("g");
    private readonly PictureSize _size;
    private double _legendEnd = Left;

    /// <param name="size">How large.</param>
    /// <param name="label">What the picture shows, for those who do not see it.</param>
    /// <param name="x">The values on the horizontal axis.</param>
    /// <param name="y">The values on the vertical axis.</param>
    /// <param name="titles">The names of the two axes.</param>
    public Frame(PictureSize size, string label, AxisRange x, AxisRange y, (string X, string Y) titles)
    {
        _size = size;
        (X, Y) = (x, y);
        Picture = Svg.Element(
            "svg", new XAttribute("viewBox", $"0 0 {Svg.Number(size.Width)} {Svg.Number(size.Height)}"),
            new XAttribute("role", "img"), new XAttribute("aria-label", label),
            new XAttribute("font-family", "system-ui, sans-serif"), new XAttribute("font-size", "12"), _legend);
        AddAxes(titles);
    }

    /// <summary>The picture so far.</summary>
    public XElement Picture { get; }

    public AxisRange X { get; }

    public AxisRange Y { get; }

    public double Floor => _size.Height - Bottom;

    private double RightEnd => _size.Width - Right;

    public double PixelX(double value) => Left + (value - X.From) / X.Length * (RightEnd - Left);

    public double PixelY(double value) => Math.Max(Top, Floor - (value - Y.From) / Y.Length * (Floor - Top));

    public void Add(XElement element) => Picture.Add(element);

    /// <summary>Draws a line.</summary>
    public void AddCurve(IEnumerable<(double X, double Y)> points, string colour, bool dashed)
    {
        var path = Svg.Element(
            "path", new XAttribute("d", Svg.Path(points.Select(point => (PixelX(point.X), PixelY(point.Y))))),
            new XAttribute("fill", "none"), new XAttribute("stroke", colour), new XAttribute("stroke-width", "2"),
            new XAttribute("stroke-linejoin", "round"));
        if (dashed) path.Add(new XAttribute("stroke-dasharray", "6 4"));
        Add(path);
    }

    /// <summary>A vertical line at a value, with a word at its upper end.</summary>
    public void AddMark(double value, string text)
    {
        double x = PixelX(value);
        var line = Svg.Line(x, Top, x, Floor, "mark");
        line.Add(new XAttribute("stroke-dasharray", "3 3"));
        Add(line);
        bool atRight = x > (Left + RightEnd) / 2;
        Add(Svg.Text(x + (atRight ? -6 : 6), Top + 11, atRight ? "end" : "start", text));
    }

    /// <summary>Says above the picture what a colour means, as long as there is room.</summary>
    public void AddLegend(string name, string colour)
    {
        name = Words.Short(name, MostLegendLetters);
        if (_legendEnd + LegendGap + LetterWidth * name.Length > RightEnd + LegendGap / 2) return;
        _legend.Add(Svg.Element(
            "circle", Svg.At("cx", _legendEnd + 5), Svg.At("cy", 13), Svg.At("r", 5), new XAttribute("fill", colour)));
        _legend.Add(Svg.Text(_legendEnd + 15, 17, "start", name));
        _legendEnd += LegendGap + LetterWidth * name.Length;
    }

    /// <summary>Round numbers between two values, at most so many and a few more.</summary>
    public static IEnumerable<double> Ticks(AxisRange range, double most)
    {
        double wanted = range.Length / Math.Max(2, most);
        double power = Math.Pow(10, Math.Floor(Math.Log10(wanted)));
        double step = Steps.Select(factor => factor * power).First(value => value >= wanted * 0.999);
        for (double i = Math.Ceiling(range.From / step); i * step <= range.To + step * 1e-6; i++)
            yield return i * step;
    }

    private void AddAxes((string X, string Y) titles)
    {
        foreach (double tick in Ticks(X, (RightEnd - Left) / PixelsPerTick))
        {
            Add(Svg.Line(PixelX(tick), Top, PixelX(tick), Floor, "grid"));
            Add(Svg.Text(PixelX(tick), Floor + 16, "middle", Words.Number(Tidy(tick))));
        }

        foreach (double tick in Ticks(Y, (Floor - Top) / PixelsPerTick * 1.6))
        {
            Add(Svg.Line(Left, PixelY(tick), RightEnd, PixelY(tick), "grid"));
            Add(Svg.Text(Left - 6, PixelY(tick) + 4, "end", Words.Number(Tidy(tick))));
        }

        Add(Svg.Text((Left + RightEnd) / 2, Floor + 34, "middle", titles.X, "title"));
        var side = Svg.Text(0, 0, "middle", titles.Y, "title");
        side.Add(new XAttribute("transform", $"translate(11 {Svg.Number((Top + Floor) / 2)}) rotate(-90)"));
        Add(side);
    }

    private static double Tidy(double tick) => Math.Abs(tick) < 1e-12 ? 0 : Math.Round(tick, 10);
}
