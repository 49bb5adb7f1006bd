using System.Text.Json;
using Vae.Data;
using Vae.Networks;

namespace Vae.Persistence;

/// <summary>
/// Reads a model from bytes that nobody vouches for. A model file is data: nothing in it is run, and no path in it is followed.
/// </summary>
/// <remarks>
/// A model file is a <see cref="Container"/>, where the layout in bytes is described, with the magic 89 "VAEML" CR LF.
/// <code>
/// header   writtenBy    the version of the library
///          layout       groups and conditions: name, kind, slot names
///          options      all of VaeOptions; a record of several kinds has its kind as "$type"
///          history      best epoch, rows, trainer; metrics: the number n of epochs and the c names of their metrics
///          diagnosis    all of VaeDiagnosis, or null
///          tensors      name and [rows, columns] of each tensor
/// data     2·w doubles  the means of the w slots of a row, then their standard deviations
///          n·c doubles  the metrics, epoch by epoch
///          floats       the tensors, row by row, without padding
/// </code>
/// Version 1 is the first. A member of the header that is missing takes its default (<see cref="OptionsJson"/>), and one that is not known
/// is an error, so that a new option needs no new version. A change that older readers would misunderstand does, and readers keep reading
/// the older ones.
/// </remarks>
internal static class ModelReader
{
    /// <summary>The format version that is written.</summary>
    public const int Version = 1;

    /// <summary>The outer form of a model file.</summary>
    public static Container Container { get; } = new([0x89, .. "VAEML\r\n"u8], Version, "model file");

    public static ModelParts Read(Stream stream)
    {
        var (_, headerBytes, data) = Container.Read(stream);
        try
        {
            var header = JsonSerializer.Deserialize(headerBytes, HeaderJson.Default.ModelHeader);
            return Build(header ?? throw new JsonException("There is no header."), data);
        }
        catch (Exception exception) when (
            exception is JsonException or NotSupportedException && WrittenByNewerVersion(headerBytes, out string version))
        {
            throw new FormatException(
                $"The model file was written by version {version} of the library, and version {LibraryVersion.Current} does not understand "
                + $"all of it: {exception.Message}",
                exception);
        }
        catch (Exception exception) when (
            exception is JsonException or NotSupportedException or ArgumentException or InvalidOperationException or OverflowException)
        {
            throw Container.Corrupt("its header holds what cannot be (" + exception.Message + ")", exception);
        }
    }

    /// <summary>The length of the data that a header announces.</summary>
    public static long DataLength(ModelHeader header)
    {
        long width = header.Layout.Groups.Concat(header.Layout.Conditions).Sum(group => (long)group.Slots.Count);
        long weights = header.Tensors.Sum(tensor => checked(tensor.Shape.Aggregate(1L, (product, length) => product * length)));
        return checked(sizeof(double) * 2 * width + header.History.Metrics.DataLength + sizeof(float) * weights);
    }

    private static ModelParts Build(ModelHeader header, byte[] data)
    {
        var layout = header.Layout.ToLayout();
        var options = OptionsJson.Read(header.Options);
        options.Validate();
        var shape = new NetworkShape(layout, options);
        var expected = TensorHeader.Of(shape);
        if (expected.Length != header.Tensors.Count || expected.Zip(header.Tensors).Any(pair => !pair.First.Matches(pair.Second)))
            throw Container.Corrupt("its tensors are not those that its layout and options ask for");
        header.History.Metrics.Validate();
        if (header.History.BestEpoch < 0 || header.History.BestEpoch > header.History.Metrics.Epochs)
            throw Container.Corrupt("its best epoch is none of its epochs");
        if (DataLength(header) != data.Length) throw Container.Corrupt("its data has another length than its header says");

        if (header.Diagnosis is { } diagnosis && (diagnosis.Features.Contains(null!) || diagnosis.Findings.Contains(null!)))
            throw Container.Corrupt("its diagnosis has gaps");

        var reader = new DataReader(data);
        var standardization = ReadStandardization(layout, ref reader);
        var history = header.History.ToHistory(HistoryColumns.Read(header.History.Metrics, options.Epochs, ref reader));
        var parameters = new VaeParameters(shape);
        TensorData.Read(parameters, ref reader);
        if ((TensorData.FindImpossible(parameters.Weights) ?? TensorData.FindImpossible(parameters.Buffers)) is { } tensor)
            throw Container.Corrupt($"the tensor '{tensor}' holds a value that cannot be");
        return new ModelParts(layout, options, standardization, parameters, history, header.Diagnosis);
    }

    private static Standardization ReadStandardization(FeatureLayout layout, ref DataReader reader)
    {
        var means = new double[layout.RowWidth];
        var deviations = new double[layout.RowWidth];
        reader.Read(means);
        reader.Read(deviations);
        if (!means.All(double.IsFinite)) throw Container.Corrupt("a mean is not finite");
        if (!deviations.All(deviation => deviation > 0 && double.IsFinite(deviation)))
            throw Container.Corrupt("a standard deviation is not a positive finite number");
        return new Standardization(means, deviations);
    }

    /// <summary>Reads the version of the library that wrote a header, its first member, even where the rest is not understood.</summary>
    private static bool WrittenByNewerVersion(byte[] header, out string version)
    {
        version = "";
        try
        {
            var reader = new Utf8JsonReader(header);
            if (!reader.Read() || !reader.Read() || !reader.ValueTextEquals("writtenBy"u8) || !reader.Read()) return false;
            version = reader.GetString() ?? "";
            return LibraryVersion.IsNewer(version);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return false;
        }
    }
}
