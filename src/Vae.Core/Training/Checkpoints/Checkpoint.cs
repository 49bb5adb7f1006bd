using System.Text.Json;
using Vae.Networks;
using Vae.Options;
using Vae.Persistence;
using Vae.Training.Engines;

namespace Vae.Training.Checkpoints;

/// <summary>A file that says where an interrupted training stood.</summary>
/// <remarks>
/// A checkpoint is a <see cref="Container"/>, where the layout in bytes is described, with the magic 89 "VAECP" CR LF.
/// <code>
/// header   writtenBy        the version of the library
///          fingerprint      which training it is of; that training knows layout, options and tensors. Version 2 added its seed
///          metrics          the number n of epochs and the c names of their metrics
///          bestEpoch, bestLoss, stoppedEarly, step, optimizerSteps, randomState
/// data     n·c doubles      the metrics, epoch by epoch
///          floats           the best weights and buffers, the current ones, the first and the second moments of the weights:
///                           tensor by tensor, row by row, without padding
/// </code>
/// </remarks>
internal sealed class Checkpoint
{
    private static readonly Container Form = new([0x89, .. "VAECP\r\n"u8], 2, "checkpoint");

    private static readonly HeaderLimits Limits = new(HeaderLimits.Metrics("metrics", 3));

    private readonly CheckpointHeader _header;
    private readonly byte[] _data;

    private Checkpoint(CheckpointHeader header, byte[] data)
    {
        _header = header;
        _data = data;
    }

    /// <summary>Which training the checkpoint is of.</summary>
    public Fingerprint Fingerprint => _header.Fingerprint;

    public static void Write(Stream stream, Fingerprint fingerprint, TrainingState state, EngineState engine)
    {
        var header = new CheckpointHeader
        {
            WrittenBy = LibraryVersion.Current,
            Fingerprint = fingerprint,
            BestEpoch = state.BestEpoch,
            Metrics = new MetricsHeader(state.Epochs.Count, HistoryColumns.Names),
            BestLoss = state.BestLoss,
            StoppedEarly = state.StoppedEarly,
            Step = state.Step,
            OptimizerSteps = engine.OptimizerSteps,
            RandomState = engine.RandomState,
        };
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(header, CheckpointJson.Default.CheckpointHeader);
        Form.Write(stream, json, DataLength(header, state.Best.Shape), writer =>
        {
            HistoryColumns.Write(state.Epochs, writer);
            TensorData.Write(state.Best, writer);
            TensorData.Write(engine.Parameters, writer);
            TensorData.Write(engine.FirstMoments, writer);
            TensorData.Write(engine.SecondMoments, writer);
        });
    }

    /// <exception cref="InvalidDataException">This is not a checkpoint, or it is truncated or corrupt.</exception>
    /// <exception cref="FormatException">A newer version of the library wrote it.</exception>
    public static Checkpoint Read(Stream stream)
    {
        var (_, json, data) = Form.Read(stream);
        try
        {
            Limits.Check(json, data.Length);
            var header = JsonSerializer.Deserialize(json, CheckpointJson.Default.CheckpointHeader)
                ?? throw new JsonException("There is no header.");
            return new Checkpoint(header, data);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw CorruptHeader(exception);
        }
    }

    /// <summary>Takes everything out.</summary>
    /// <param name="state">Receives the state of the training.</param>
    /// <param name="options">The options of the training.</param>
    /// <returns>The state of its engine.</returns>
    /// <exception cref="InvalidDataException">The data is not what the header announces, or holds what no training leaves.</exception>
    public EngineState Restore(TrainingState state, VaeOptions options)
    {
        try
        {
            _header.Validate(options);
        }
        catch (JsonException exception)
        {
            throw CorruptHeader(exception);
        }

        if (DataLength(_header, state.Best.Shape) != _data.Length)
            throw Form.Corrupt("its data has another length than its header says");
        var reader = new DataReader(_data);
        state.Epochs.AddRange(HistoryColumns.Read(_header.Metrics, options.Epochs, ref reader));
        state.BestEpoch = _header.BestEpoch;
        state.BestLoss = _header.BestLoss;
        state.StoppedEarly = _header.StoppedEarly;
        state.Step = _header.Step;
        TensorData.Read(state.Best, ref reader);
        var engine = new EngineState(state.Best.Shape) { OptimizerSteps = _header.OptimizerSteps, RandomState = _header.RandomState };
        TensorData.Read(engine.Parameters, ref reader);
        RequirePossible(state.Best);
        RequirePossible(engine.Parameters);
        TensorData.Read(engine.FirstMoments, ref reader);
        TensorData.Read(engine.SecondMoments, ref reader);
        string? tensor = TensorData.FindImpossible(engine.FirstMoments) ?? TensorData.FindImpossible(engine.SecondMoments, smallest: 0);
        if (tensor is not null) throw Form.Corrupt($"a gradient's moment of the tensor '{tensor}' cannot be");
        return engine;
    }

    private static InvalidDataException CorruptHeader(Exception problem) =>
        Form.Corrupt("its header holds what cannot be (" + problem.Message + ")", problem);

    /// <summary>The length of the data that a header announces.</summary>
    private static long DataLength(CheckpointHeader header, NetworkShape shape) =>
        header.Metrics.DataLength + sizeof(float) * (4 * TensorData.Count(shape.Weights) + 2 * TensorData.Count(shape.Buffers));

    private static void RequirePossible(VaeParameters parameters)
    {
        if ((TensorData.FindImpossible(parameters.Weights) ?? TensorData.FindImpossible(parameters.Buffers)) is { } tensor)
            throw Form.Corrupt($"the tensor '{tensor}' holds a value that cannot be");
    }
}
