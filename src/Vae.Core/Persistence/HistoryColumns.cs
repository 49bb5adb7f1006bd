using System.Text.Json;
using Vae.History;

namespace Vae.Persistence;

/// <summary>
/// The metrics of the epochs as columns of doubles: a tenth of the size of JSON. An epoch's number is its position. A column that a file
/// lacks, because it is older than the column, is NaN.
/// </summary>
internal static class HistoryColumns
{
    private static readonly (string Name, Func<EpochMetrics, double> Value)[] All =
    [
        ("loss", metrics => metrics.Loss),
        ("reconstruction", metrics => metrics.Reconstruction),
        ("kullbackLeibler", metrics => metrics.KullbackLeibler),
        ("regularizerFactor", metrics => metrics.RegularizerFactor),
        ("noiseScale", metrics => metrics.NoiseScale),
        ("learningRate", metrics => metrics.LearningRate),
        ("validationLoss", metrics => metrics.ValidationLoss),
        ("validationReconstruction", metrics => metrics.ValidationReconstruction),
        ("validationKullbackLeibler", metrics => metrics.ValidationKullbackLeibler),
    ];

    /// <summary>The names that are written.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Select(column => column.Name)];

    /// <summary>The values of all epochs.</summary>
    public static void Write(IEnumerable<EpochMetrics> epochs, DataWriter writer)
    {
        foreach (var metrics in epochs)
        {
            foreach (var (_, value) in All)
                writer.Write([value(metrics)]);
        }
    }

    /// <summary>The epochs of a file.</summary>
    /// <param name="header">What the file says about them; valid.</param>
    /// <param name="most">The largest number of epochs that the training could take.</param>
    /// <param name="reader">Gives the values.</param>
    public static EpochMetrics[] Read(MetricsHeader header, int most, ref DataReader reader)
    {
        string[] names = [.. header.Columns];
        var values = new double[names.Length];
        var epochs = new EpochMetrics[header.Epochs];
        for (int i = 0; i < epochs.Length; i++)
        {
            reader.Read(values);
            epochs[i] = Read(i + 1, most, names, values);
        }

        return epochs;
    }

    private static EpochMetrics Read(int epoch, int epochs, string[] names, double[] values)
    {
        double Value(string name)
        {
            int index = Array.IndexOf(names, name);
            return index < 0 ? double.NaN : values[index];
        }

        return new EpochMetrics
        {
            Epoch = epoch,
            Epochs = epochs,
            Loss = Value("loss"),
            Reconstruction = Value("reconstruction"),
            KullbackLeibler = Value("kullbackLeibler"),
            RegularizerFactor = Value("regularizerFactor"),
            NoiseScale = Value("noiseScale"),
            LearningRate = Value("learningRate"),
            ValidationLoss = Value("validationLoss"),
            ValidationReconstruction = Value("validationReconstruction"),
            ValidationKullbackLeibler = Value("validationKullbackLeibler"),
        };
    }
}

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
