using System.Globalization;

namespace Vae.Reports.Charts;

/// <summary>Numbers as a reader wants them, the same in every culture.</summary>
internal static class Words
{
    /// <summary>Integers whole, other numbers with about four digits.</summary>
    public static string Number(double value) => Number(value, 4);

    /// <summary>Numbers that are not to be taken at their word, with about three digits.</summary>
    public static string Rough(double value) => Number(value, 3);

    private static string Number(double value, int digits)
    {
        if (double.IsNaN(value)) return "–";
        double size = Math.Abs(value);
        string text = size >= 1e7 || (size > 0 && size < 1e-4) ? value.ToString("0.###e+0", CultureInfo.InvariantCulture)
            : size >= 1000 || value == Math.Round(value) ? value.ToString("#,0", CultureInfo.InvariantCulture)
            : Math.Round(value, Decimals(size, digits)).ToString(CultureInfo.InvariantCulture);
        return text.Replace('-', '−');
    }

    /// <summary>A part of a whole, in percent.</summary>
    public static string Percent(double share)
    {
        if (double.IsNaN(share)) return "–";
        string format = share is > 0 and < 0.1 or > 0.9 and < 1 ? "0.0" : "0";
        return (100 * share).ToString(format, CultureInfo.InvariantCulture) + "\u00a0%";
    }

    /// <summary>A text without the end that has no room.</summary>
    public static string Short(string text, int letters) => text.Length <= letters ? text : text[..(letters - 1)] + "…";

    /// <summary>"1 row", "2 rows".</summary>
    public static string Count(long count, string one, string? many = null) =>
        $"{count.ToString("#,0", CultureInfo.InvariantCulture)} {(count == 1 ? one : many ?? one + "s")}";

    private static int Decimals(double size, int digits) => Math.Clamp(digits - 1 - (int)Math.Floor(Math.Log10(size)), 0, 7);
}
