using System.Diagnostics.Metrics;

namespace Vae.Monitoring;

/// <summary>
/// The latest <see cref="DriftReport"/> as meters of <c>System.Diagnostics.Metrics</c>, which OpenTelemetry and dotnet-counters read: the
/// gauges <c>vae.drift.distance</c> and <c>vae.drift.p_value</c> (corrected) with the tags <c>name</c> and <c>kind</c>, and
/// <c>vae.drift.rows</c>. Dispose of it to end them.
/// </summary>
public sealed class DriftMeter : IDisposable
{
    /// <summary>The name of the meter.</summary>
    public const string MeterName = "Vae.Drift";

    private readonly Meter _meter;
    private DriftReport? _latest;

    /// <summary>Creates the gauges; they have no values before the first report.</summary>
    /// <param name="model">What the tag <c>model</c> is to say, where a service has several; or null for no such tag.</param>
    public DriftMeter(string? model = null)
    {
        _meter = new Meter(MeterName, null, model is null ? [] : [new KeyValuePair<string, object?>("model", model)]);
        _meter.CreateObservableGauge(
            "vae.drift.distance", () => Measure(test => test.Distance), null, "Distance from the reference rows, 0 to 1.");
        _meter.CreateObservableGauge(
            "vae.drift.p_value", () => Measure(test => test.CorrectedPValue), null, "p-value, corrected for the number of tests.");
        _meter.CreateObservableGauge(
            "vae.drift.rows", () => _latest is { } report ? [new Measurement<int>(report.Rows)] : Array.Empty<Measurement<int>>(), "{row}",
            "The rows that were compared.");
    }

    /// <summary>Makes a report the latest.</summary>
    /// <param name="report">What was found.</param>
    public void Report(DriftReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        Volatile.Write(ref _latest, report);
    }

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    private IEnumerable<Measurement<double>> Measure(Func<DriftTest, double> value) => Volatile.Read(ref _latest) is not { } report
        ? []
        : report.Tests.Select(test => new Measurement<double>(
            value(test), new KeyValuePair<string, object?>("name", test.Name), new("kind", test.Kind.ToString())));
}
