namespace Vae.Benchmarks.Reporting;

/// <summary>The median.</summary>
internal static class Median
{
    /// <summary>The upper median of some values.</summary>
    public static double Of(IReadOnlyCollection<double> values) => values.Order().ElementAt(values.Count / 2);
}
