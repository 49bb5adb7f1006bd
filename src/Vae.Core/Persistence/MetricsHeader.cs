using System.Text.Json;

namespace Vae.Persistence;

/// <summary>What the data of a file says about epochs, as columns of doubles.</summary>
/// <param name="Epochs">The number of epochs.</param>
/// <param name="Columns">The metrics of an epoch, in order; see <see cref="HistoryColumns"/>.</param>
internal readonly record struct MetricsHeader(int Epochs, IReadOnlyList<string> Columns)
{
    /// <summary>The number of bytes that the metrics take.</summary>
    public long DataLength => (long)sizeof(double) * Epochs * Columns.Count;

    /// <exception cref="JsonException">There is a metric that is not known, or a number of epochs that cannot be.</exception>
    public void Validate()
    {
        if (Epochs < 0) throw new JsonException($"There cannot be {Epochs} epochs.");
        foreach (string name in Columns)
        {
            if (!HistoryColumns.Names.Contains(name)) throw new JsonException($"The metric '{name}' is not known.");
        }
    }
}
