using System.Text.Json;
using Vae.Data;
using Vae.Diagnostics;
using Vae.Inference;
using Vae.Networks;
using Vae.Options;

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
///          diagnosis    all of VaeDiagnosis
///          quantilePoints
///                       the number of points of each slot's map to normal scores, p in all; without, there are no maps
///          slotDecimals the number of decimals of each numeric slot's range, -1 for any, -2 for a slot that has no range, r being the
///                       number of the others; without, there are no ranges
///          mixture      the components m of the aggregate posterior's mixture, and its dimension k; without, there is none
///          dependentSlots
///                       the number d of slots whose noise depends on one another; without, it is independent
///          axes         factor and share of each latent dimension; without, they are not known
///          profile      what is known of the rows of the training: their number, that of the scores, and the number of places where the
///                       distribution of each numeric feature, then each dimension, then the score is known; without, nothing
///          tensors      name and [rows, columns] of each tensor
/// data     2·w doubles  the means of the w slots of a row, then their standard deviations
///          4·p doubles  slot by slot, the points of its map: value, low, score, high of each
///          2·r floats   smallest and largest value of each slot that has a range
///          m·(1 + k + k(k + 1)/2) doubles
///                       the shares of the mixture's components, their means, the lower Cholesky factors of their covariances
///          d(d + 1)/2 doubles
///                       the lower Cholesky factor of the covariance of the noise: categories and yes/no values, then numbers
///          floats       of the profile: feature by feature, how often each category, or any number, was there and how often it was
///                       missing; then, of each distribution, the places and how many values are at most as large
///          n·c doubles  the metrics, epoch by epoch
///          floats       the tensors, row by row, without padding
/// </code>
/// Version 1 is the first; version 2 has maps to normal scores; version 3 has ranges, a mixture, axes and a profile. A member of the
/// header that is missing takes its default (<see cref="OptionsJson"/>), and one that is not known is an error, so that a new option needs
/// no new version. A change that older readers would misunderstand does, and readers keep reading the older ones.
/// </remarks>
internal static class ModelReader
{
    /// <summary>The format version that is written.</summary>
    public const int Version = 3;

    /// <summary>Encoder and decoder have weights and a bias in each layer.</summary>
    private const int LeastTensors = 4;

    private const int MostTensors = 256;
    private const int MostFindings = 64;

    /// <summary>The outer form of a model file.</summary>
    public static Container Container { get; } = new([0x89, .. "VAEML\r\n"u8], Version, "model file");

    private static readonly HeaderLimits Limits = new(
        new("values of options", "options", JsonTokenType.None, 0, _ => 256) { AreNames = true },
        new("groups", "layout", JsonTokenType.StartObject, 3, MostSlots),
        new("slots", "layout", JsonTokenType.String, 5, MostSlots),
        new("tensors", "tensors", JsonTokenType.StartObject, 2, _ => MostTensors),
        new("lengths of tensors", "tensors", JsonTokenType.Number, 4, _ => 2 * MostTensors),
        new("maps", "quantilePoints", JsonTokenType.Number, 2, MostSlots),
        new("ranges", "slotDecimals", JsonTokenType.Number, 2, MostSlots),
        new("axes", "axes", JsonTokenType.StartObject, 2, MostDimensions),
        new("distributions", "profile", JsonTokenType.Number, 3, length => MostSlots(length) + MostDimensions(length)),
        HeaderLimits.Metrics("history", 4),
        new("numbers of dimensions", "diagnosis", JsonTokenType.Number, 3, MostDimensions),
        new("features and findings", "diagnosis", JsonTokenType.StartObject, 3, length => MostSlots(length) + MostFindings),
        new("versions", "writtenBy", JsonTokenType.String, 1, _ => 1) { AreNames = true });

    public static ModelParts Read(Stream stream)
    {
        var (_, headerBytes, data) = Container.Read(stream);
        try
        {
            Limits.Check(headerBytes, data.Length);
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
        long width = header.Layout.Groups.Concat(header.Layout.Conditions).Sum(group => (long)group.Slots.Length);
        long weights = header.Tensors.Sum(tensor => checked(tensor.Shape.Aggregate(1L, (product, length) => product * length)));
        long maps = QuantileData.DataLength(header.QuantilePoints);
        long required = checked(sizeof(double) * 2 * width + maps + header.History.Metrics.DataLength + sizeof(float) * weights);
        required = checked(required + RangeData.DataLength(header.SlotDecimals) + (header.Mixture?.DataLength ?? 0));
        return checked(required + DependentNoiseData.Length(header.DependentSlots) + (header.Profile?.DataLength(header.Layout) ?? 0));
    }

    private static ModelParts Build(ModelHeader header, byte[] data)
    {
        var options = OptionsJson.Read(header.Options);
        options.Validate();
        header.History.Validate(options);
        if (DataLength(header) != data.Length) throw Container.Corrupt("its data has another length than its header says");
        var layout = header.Layout.ToLayout();
        header.Diagnosis.Validate(layout, options.LatentDimension);
        RequireTensors(header.Tensors.Count >= LeastTensors * (options.HiddenLayers.Count + 1));
        var shape = new NetworkShape(layout, options);
        var expected = TensorHeader.Of(shape);
        RequireTensors(
            expected.Length == header.Tensors.Count && expected.Zip(header.Tensors).All(pair => pair.First.Matches(pair.Second)));
        var reader = new DataReader(data);
        var standardization = ReadStandardization(layout, header, ref reader);
        var mixture = header.Mixture?.Read(options.LatentDimension, ref reader);
        var noise = DependentNoiseData.Read(layout, header.DependentSlots, ref reader);
        var profile = header.Profile?.Read(layout, options.LatentDimension, ref reader);
        var history = header.History.ToHistory(HistoryColumns.Read(header.History.Metrics, options.Epochs, ref reader));
        var parameters = new VaeParameters(shape);
        TensorData.Read(parameters, ref reader);
        if ((TensorData.FindImpossible(parameters.Weights) ?? TensorData.FindImpossible(parameters.Buffers)) is { } tensor)
            throw Container.Corrupt($"the tensor '{tensor}' holds a value that cannot be");
        if (header.Axes is null) options = options with { EmbeddingScale = EmbeddingScale.Prior };
        return new ModelParts(layout, options, standardization, parameters, history, header.Diagnosis)
        {
            Mixture = mixture,
            DependentNoise = noise,
            Profile = profile,
            Axes = CheckedAxes(header.Axes, options.LatentDimension),
        };
    }

    private static IReadOnlyList<LatentAxis> CheckedAxes(IReadOnlyList<LatentAxis>? axes, int dimensions)
    {
        if (axes is null) return [];
        return axes.Count == dimensions && axes.All(LatentEffect.IsPossible)
            ? axes
            : throw new JsonException("The latent dimensions have a factor or a share that cannot be.");
    }

    private static void RequireTensors(bool valid)
    {
        if (!valid) throw Container.Corrupt("its tensors are not those that its layout and options ask for");
    }

    private static Standardization ReadStandardization(FeatureLayout layout, ModelHeader header, ref DataReader reader)
    {
        var means = new double[layout.RowWidth];
        var deviations = new double[layout.RowWidth];
        reader.Read(means);
        reader.Read(deviations);
        if (!means.All(double.IsFinite)) throw Container.Corrupt("a mean is not finite");
        if (!deviations.All(deviation => deviation > 0 && double.IsFinite(deviation)))
            throw Container.Corrupt("a standard deviation is not a positive finite number");
        var maps = QuantileData.Read(layout, header.QuantilePoints, ref reader);
        return new Standardization(means, deviations, maps, RangeData.Read(layout, header.SlotDecimals, ref reader));
    }

    /// <summary>A slot has a mean and a deviation, and at least a weight in the encoder and one in the decoder.</summary>
    private static int MostSlots(int dataLength) => dataLength / (2 * sizeof(double) + 2 * sizeof(float));

    /// <summary>Two numbers for each dimension, which has two weights and two biases in the encoder and a weight in the decoder.</summary>
    private static int MostDimensions(int dataLength) => 2 * (dataLength / (5 * sizeof(float)));

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
