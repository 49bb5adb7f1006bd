using System.Buffers.Binary;
using System.Text.Json;
using Vae.Data;
using Vae.Diagnostics;
using Vae.Networks;
using Vae.Options;
using Vae.Training.Checkpoints;
using Vae.Training.Engines;

namespace Vae.Testing;

/// <summary>
/// What is fuzzed: reading any bytes as a model or as a checkpoint. Their lengths and checksum are made right first, because no fuzzer
/// finds a SHA-256.
/// </summary>
public static class ReaderTarget
{
    private const int PrefixLength = 24;
    private const int HashLength = 32;

    private static readonly byte[] CheckpointMagic = [0x89, .. "VAECP"u8];

    private static FeatureLayout Layout { get; } =
        new FeatureLayoutBuilder().Numeric("a").OneHot("b", "c", "d").Conditions().Binary("e").Build();

    private static VaeOptions Options { get; } = new() { LatentDimension = 1, HiddenLayers = [2], BatchNormalization = true, Epochs = 2 };

    /// <summary>A model to begin with; most options take their default, because a short input is a better one.</summary>
    public static byte[] SmallModel()
    {
        var untrained = UntrainedModels.Create(Layout, Options);
        var scores = new NumberProfile([0], [1], Total: 3);
        var profile = new RowProfile(
            3, [[2, 1], [1, 1, 1], [1, 1, 1]], [new NumberProfile([0, 1], [1, 2], Total: 2), null, null], [scores, scores]);
        using var stream = new MemoryStream();
        new VaeModel(untrained.Parts with { Profile = profile }).Save(stream);
        return Forgery.WithHeader(stream.ToArray(), header =>
        {
            string[] kept = ["latentDimension", "hiddenLayers", "batchNormalization", "noiseScale", "epochs"];
            var options = header["options"]!.AsObject();
            foreach (string name in options.Select(option => option.Key).Except(kept).ToArray())
                options.Remove(name);
        });
    }

    /// <summary>A checkpoint to begin with.</summary>
    public static byte[] SmallCheckpoint()
    {
        var shape = new NetworkShape(Layout, Options);
        using var stream = new MemoryStream();
        Checkpoint.Write(stream, new Fingerprint("", ""), new TrainingState(new VaeParameters(shape)), new EngineState(shape));
        return stream.ToArray();
    }

    /// <exception cref="InvalidOperationException">The reader did what it must not; the message says what.</exception>
    public static void Run(ReadOnlySpan<byte> input)
    {
        byte[] file = Repair(input);
        VaeModel? model = null;
        bool isCheckpoint = file.AsSpan().StartsWith(CheckpointMagic);
        void Read()
        {
            if (isCheckpoint)
                Restore(file);
            else
                model = VaeModel.Load(new MemoryStream(file, writable: false));
        }

        var (allocated, exception) = LoadingMemory.Of(Read);
        if (exception is not (null or InvalidDataException or FormatException))
            throw new InvalidOperationException("Something else than a corrupt file was reported.", exception);

        // What the runtime needs once, for instance for its first message of a kind, is no input's fault.
        if (allocated > LoadingMemory.Bound(file.Length)) allocated = LoadingMemory.Of(Read).Allocated;
        if (allocated > LoadingMemory.Bound(file.Length))
            throw new InvalidOperationException($"{allocated} bytes were allocated for a file of {file.Length}.");
        if (model is not null) RequireWorks(model);
    }

    /// <summary>Goes on from a checkpoint as the training of <see cref="SmallCheckpoint"/> would, whatever its rows.</summary>
    public static void Restore(byte[] file)
    {
        var state = new TrainingState(new VaeParameters(new NetworkShape(Layout, Options)));
        Checkpoint.Read(new MemoryStream(file, writable: false)).Restore(state, Options);
    }

    private static void RequireWorks(VaeModel model)
    {
        byte[] saved = Bytes(model);
        if (!saved.AsSpan().SequenceEqual(Bytes(VaeModel.Load(new MemoryStream(saved)))))
            throw new InvalidOperationException("A model is another one after saving.");
        model.Score(new float[model.Layout.RowWidth], new float[1]);
        if (model.Diagnosis.ToString().Length == 0) throw new InvalidOperationException("A diagnosis says nothing.");
    }

    private static byte[] Bytes(VaeModel model)
    {
        using var stream = new MemoryStream();
        model.Save(stream);
        return stream.ToArray();
    }

    private static byte[] Repair(ReadOnlySpan<byte> input)
    {
        byte[] file = input.ToArray();
        int rest = file.Length - PrefixLength - HashLength;
        if (rest < 0) return file;
        int header = Math.Clamp(HeaderLength(file.AsSpan(PrefixLength, rest)) ?? Forgery.HeaderLength(file), 0, rest);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(12), header);
        BinaryPrimitives.WriteInt64LittleEndian(file.AsSpan(16), rest - header);
        return Forgery.Sign(file);
    }

    /// <summary>Where the JSON ends that the bytes begin with; null if they do not.</summary>
    private static int? HeaderLength(ReadOnlySpan<byte> bytes)
    {
        try
        {
            var reader = new Utf8JsonReader(bytes);
            reader.Read();
            reader.Skip();
            return (int)reader.BytesConsumed;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
