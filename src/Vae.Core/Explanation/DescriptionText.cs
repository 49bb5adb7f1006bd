using System.Globalization;
using Vae.Data;

namespace Vae.Explanation;

/// <summary>Descriptions in words, the same in every culture.</summary>
internal static class DescriptionText
{
    private const double LargestInFull = 1e15;
    private const double SmallestInFull = 1e-4;
    private const int MostDecimals = 7;

    /// <summary>"Amount is 9,950, expected 87 to 140".</summary>
    public static string Of(FeatureDescription description)
    {
        string name = description.Feature.Name;
        string expected = Expected(description);
        return description switch
        {
            { IsMissing: true } => $"{name} is missing, expected {expected}",
            { IsUnseen: true, Value: float.NaN } => $"{name} is a category that training did not see, expected {expected}",
            { IsUnseen: true } => $"{name} is {Choice(description, description.Value)}, which training did not see, expected {expected}",
            { Feature.Kind: FeatureKind.Numeric } => $"{name} is {Number(description.Value)}, expected {expected}",
            _ => $"{name} is {Choice(description, description.Value)}, expected {expected}",
        };
    }

    /// <summary>A number with four digits, and all of those before the point.</summary>
    public static string Number(double value) => Number(value, 3 - Exponent(value));

    private static string Expected(FeatureDescription description)
    {
        if (description.Feature.Kind == FeatureKind.Numeric)
        {
            // Two digits of the width: the ends are not known better.
            int decimals = 1 - Exponent((double)description.High - description.Low);
            return $"{Number(description.Low, decimals)} to {Number(description.High, decimals)}";
        }

        string probability = description.ExpectedProbability.ToString("0.00", CultureInfo.InvariantCulture);
        return $"{Choice(description, description.Expected)} ({probability})";
    }

    private static string Choice(FeatureDescription description, float value) => description.Feature.Kind == FeatureKind.Binary
        ? value == 1 ? "yes" : "no"
        : $"'{description.Feature.Categories[(int)value]}'";

    private static int Exponent(double value) => value == 0 ? 0 : (int)Math.Floor(Math.Log10(Math.Abs(value)));

    private static string Number(double value, int decimals)
    {
        double magnitude = Math.Abs(value);
        if (magnitude >= LargestInFull || (magnitude > 0 && magnitude < SmallestInFull && decimals > MostDecimals))
            return value.ToString("0.##e+0", CultureInfo.InvariantCulture);
        double rounded = Math.Round(value, Math.Clamp(decimals, 0, MostDecimals));
        return (rounded == 0 ? 0 : rounded).ToString("#,0.#######", CultureInfo.InvariantCulture);
    }
}
