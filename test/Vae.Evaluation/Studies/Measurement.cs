using System.Globalization;

namespace Vae.Evaluation.Studies;

/// <summary>The same quantity on every fold.</summary>
internal sealed record Measurement(double[] Values)
{
    public double Mean => Values.Average();

    /// <summary>The standard error of the mean.</summary>
    public double StandardError
    {
        get
        {
            double mean = Mean;
            return Math.Sqrt(Values.Sum(value => (value - mean) * (value - mean)) / (Values.Length - 1) / Values.Length);
        }
    }

    /// <summary>Mean ± standard error; empty where it was not measured.</summary>
    public string Text(string format) => double.IsNaN(Mean) ? ""
        : Values.Length > 1 ? $"{Number(Mean, format)} ± {Number(StandardError, format)}"
        : Number(Mean, format);

    /// <summary>The mean alone; empty where it was not measured.</summary>
    public string MeanText(string format) => double.IsNaN(Mean) ? "" : Number(Mean, format);

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
