using System.Text.Json;
using System.Text.Json.Serialization;
using Vae.History;
using Vae.Options;

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
        ("lossAtFullWeight", metrics => metrics.LossAtFullWeight),
    ];

    /// <summary>How many metrics the oldest file has.</summary>
    public const int Oldest = 9;

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
            LossAtFullWeight = Value("lossAtFullWeight"),
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
[method: JsonConstructor]
internal readonly record struct MetricsHeader(int Epochs, IReadOnlyList<string> Columns)
{
    /// <summary>The number of bytes that the metrics take.</summary>
    public long DataLength => (long)sizeof(double) * Epochs * Columns.Count;

    /// <param name="options">The options of the training.</param>
    /// <exception cref="JsonException">The metrics are not those that are known, or there is a number of epochs that cannot be.</exception>
    public void Validate(VaeOptions options)
    {
        if (Epochs < 0 || Epochs > options.Epochs) throw new JsonException($"There cannot be {Epochs} epochs of {options.Epochs}.");
        foreach (string name in Columns)
        {
            if (!HistoryColumns.Names.Contains(name)) throw new JsonException($"The metric '{name}' is not known.");
        }

        if (Columns.Count < HistoryColumns.Oldest || Columns.Distinct().Count() < Columns.Count)
            throw new JsonException("A metric is missing or is there twice.");
    }
}
